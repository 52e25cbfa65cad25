// Command buildkit says what BuildKit would build: for the proof that a fix changes no more than it declares.
//
//	buildkit < paths.txt
//
// It prints one JSON object a line: path, error (why BuildKit refuses the file), and for each stage as the target a
// hash of the build graph, a hash of the image configuration, and the steps. It needs no daemon, no build context
// and no registry: every image exists and says nothing of itself.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

// answer is what BuildKit makes of one file.
type answer struct {
	Path    string   `json:"path"`
	Error   string   `json:"error,omitempty"`
	Targets []target `json:"targets,omitempty"`
}

// target is what one stage builds. Equal graphs are the same build, step by step.
type target struct {
	Graph  string   `json:"graph"`
	Config string   `json:"config"`
	Steps  []string `json:"steps,omitempty"`
}

// silentImages stands for the registry. Each image has a layer of its own, so that another base is another graph.
type silentImages struct{}

func (silentImages) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	name := digest.FromString(ref)
	layer := strconv.Quote(name.String())
	return ref, name, []byte(`{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[` + layer + `]}}`), nil
}

func read(path string) (a answer) {
	a.Path = path
	defer func() {
		if p := recover(); p != nil {
			a.Error = fmt.Sprintf("panic: %v", p)
		}
	}()
	fail := func(err error) answer { return answer{Path: path, Error: err.Error()} }
	text, err := os.ReadFile(path)
	if err != nil {
		return fail(err)
	}
	file, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return fail(err)
	}
	stages, _, err := instructions.Parse(file.AST, linter.New(&linter.Config{Warn: ignore}))
	if err != nil {
		return fail(err)
	}
	if len(stages) == 0 {
		_, err := plan(text, "")
		if err == nil {
			err = fmt.Errorf("no stage")
		}
		return fail(err)
	}
	for i, stage := range stages {
		// BuildKit finds a target by its name alone: a stage without one is the last of the text that ends with it.
		upToIt, name := text, stage.Name
		if i == len(stages)-1 {
			name = ""
		} else if name == "" {
			lines := bytes.SplitAfter(text, []byte("\n"))
			upToIt = bytes.Join(lines[:stages[i+1].Location[0].Start.Line-1], nil)
		}
		t, err := plan(upToIt, name)
		if err != nil {
			return fail(err)
		}
		a.Targets = append(a.Targets, t)
	}
	return
}

// ignore hears the warnings. Without it no check runs, and those that the file makes errors are not seen.
func ignore(string, string, string, string, []parser.Range) {}

// plan plans the stage of a name, or the last one.
func plan(text []byte, name string) (t target, err error) {
	ctx := context.Background()
	caps := pb.Caps.CapSet(pb.Caps.All()) // a daemon that can do all
	local := llb.Local("context")
	linux := ocispecs.Platform{OS: "linux", Architecture: "amd64"}
	built, err := dockerfile2llb.Dockerfile2LLB(ctx, text, dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{Target: name, BuildPlatforms: []ocispecs.Platform{linux}},
		MetaResolver:   silentImages{},
		TargetPlatform: &linux,
		LLBCaps:        &caps,
		MainContext:    &local,
		Warn:           ignore,
	})
	if err != nil {
		return
	}
	definition, err := built.State.Marshal(ctx, llb.LinuxAmd64)
	if err != nil {
		return
	}
	if t.Graph, t.Steps, err = graph(definition.Def); err != nil {
		return
	}
	image := *built.Image
	image.History, image.Created = nil, nil
	config, err := json.Marshal(image)
	t.Config = digest.FromBytes(config).String()
	return
}

// graph gives a hash of a whole build, and each step alone. A step names those that it needs by digests that hold what
// differs from run to run, so the digests are made anew, from the leaves on: a definition names no step before it comes.
func graph(definition [][]byte) (hash string, steps []string, err error) {
	hash = "empty"
	hashes := map[string]string{}
	for _, data := range definition {
		op := &pb.Op{}
		if err = op.UnmarshalVT(data); err != nil {
			return
		}
		for _, input := range op.Inputs {
			input.Digest = hashes[input.Digest]
		}
		if source := op.GetSource(); source != nil {
			for _, changing := range []string{"local.unique", "local.sharedkeyhint", "local.session"} {
				delete(source.Attrs, changing)
			}
		}
		var whole, alone []byte
		if whole, err = json.Marshal(op); err != nil {
			return
		}
		hash = digest.FromBytes(whole).String()
		hashes[digest.FromBytes(data).String()] = hash
		if op.Op == nil {
			continue
		}
		if alone, err = json.Marshal(op.Op); err != nil {
			return
		}
		steps = append(steps, string(alone))
	}
	return
}

func main() {
	paths := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	answers := json.NewEncoder(out)
	for paths.Scan() {
		if err := answers.Encode(read(paths.Text())); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

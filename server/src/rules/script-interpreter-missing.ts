import { mayBringShell } from '../core/analysis/runtime/brought-shells';
import { lacksProgram } from '../core/analysis/runtime/lacking-programs';
import { isPosixScript } from './script-interpreter-missing.parts';
import { startedFiles } from '../core/analysis/runtime/started-files';
import type { StartedFile } from '../core/analysis/runtime/started-files';
import { brokenStart } from '../core/families/broken-start';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { insertBehind } from '../core/fixes/insert-lines';
import { packagedByName } from '../core/knowledge/images/lacking-programs';
import { posixShells } from '../core/knowledge/programs/shells';
import { defineRule } from '../core/lint/rule';
import type { Edit, Fix, Model } from '../core/lint/rule';
import { addArguments } from '../core/shell/edits';
import { baseName } from '../core/text/paths';

/**
 * The first line of a script names the program that runs it. If the image does not have that program, the script does not
 * start: "no such file or directory". Alpine has no bash, and `scratch` and distroless images have no shell at all.
 *
 * ```dockerfile bad files="run.sh tool" texts="run.sh: #!/bin/bash\nexec app\n | tool: #!/usr/bin/env -S A=b python3 -u\n" severity="warning error"
 * FROM alpine:3.22 AS tool
 * COPY tool /srv/
 * RUN apk add --no-cache tzdata && mkdir /data
 * CMD ["«/srv/tool»"]
 * FROM alpine:3.22
 * COPY run.sh /usr/local/bin/
 * ENTRYPOINT ["«run.sh»"]
 * ```
 * > alpine has no python3, which the first line of tool names, so the container does not start
 * > alpine has no bash, which the first line of run.sh names, so the container does not start
 * ```dockerfile fixed
 * FROM alpine:3.22 AS tool
 * COPY tool /srv/
 * RUN apk add --no-cache tzdata python3 && mkdir /data
 * CMD ["/srv/tool"]
 * FROM alpine:3.22
 * RUN apk add --no-cache bash
 * COPY run.sh /usr/local/bin/
 * ENTRYPOINT ["run.sh"]
 * ```
 * ```text fixed file="run.sh"
 * #!/bin/sh
 * exec app
 * ```
 * A script that has nothing of bash but its name also runs under `sh`. Beside the installation, Drydock offers that:
 * ```dockerfile bad files="a.sh b.sh c.sh" texts="a.sh: #!/usr/bin/env bash\nset -eu\nexec app $1\n | b.sh: #!/bin/bash\n[[ $A ]] && app\n | c.sh: #!/bin/bash -l\napp\n" severity="warning warning error"
 * FROM busybox:1.37 AS b
 * COPY b.sh /
 * CMD ["«/b.sh»"]
 * FROM busybox:1.37 AS c
 * COPY c.sh /
 * CMD ["«/c.sh»"]
 * FROM busybox:1.37
 * COPY a.sh /
 * CMD ["«/a.sh»"]
 * ```
 * > busybox has no bash, which the first line of b.sh names, so the container does not start
 * > busybox has no bash, which the first line of c.sh names, so the container does not start
 * > busybox has no bash, which the first line of a.sh names, so the container does not start
 * ```text fixed file="a.sh"
 * #!/bin/sh
 * set -eu
 * exec app $1
 * ```
 * Where the image cannot have the program, write the script for one that it has, or start the program itself:
 * ```dockerfile bad files="run.sh a.sh b.js" texts="run.sh: #!/bin/sh\nexec app\n | a.sh: #! /usr/bin/python3\n | b.js: #!/usr/bin/env node\n" severity="warning warning error"
 * FROM debian:12
 * COPY a.sh b.js /
 * RUN apt-get update
 * RUN «/a.sh» && /b.js
 * FROM debian:12
 * COPY b.js /
 * CMD «/b.js»
 * FROM scratch
 * COPY run.sh /
 * ENTRYPOINT ["«/run.sh»"]
 * ```
 * > debian has no python3, which the first line of a.sh names, so this step fails
 * > debian has no node, which the first line of b.js names, so the container does not start
 * > scratch has no sh, which the first line of run.sh names, so the container does not start
 * ```dockerfile good files="a.sh b.sh c.sh d.sh e.js f.sh" texts="a.sh: #!/bin/sh\n | b.sh: #!/bin/bash\n | c.sh: #!/opt/bin/tool\n | d.sh: echo\n | e.js: #!/usr/bin/env node\n | f.sh: #!/bin/zsh\n"
 * FROM alpine:3.22
 * RUN apk add --no-cache bash
 * COPY . /
 * RUN /a.sh && /b.sh && /c.sh && /d.sh && sh /f.sh
 * FROM gcr.io/distroless/nodejs22-debian12
 * COPY e.js /
 * CMD ["/e.js"]
 * ENTRYPOINT ["/e.js"]
 * ```
 * ```dockerfile good files="a.sh" texts="a.sh: #!/bin/sh\n"
 * FROM scratch
 * COPY --from=busybox:1.37 /bin/busybox /bin/sh
 * COPY a.sh /
 * ENTRYPOINT ["/a.sh"]
 * ```
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'script-interpreter-missing',
  summary: 'The image lacks the interpreter of a copied script',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    for (const started of startedFiles(model, facts)) {
      const { place, reader, stage } = started;
      const program = reader === undefined ? interpreterOf(started) : undefined;
      if (program === undefined || !isLacking(model, started, program)) continue;
      const why = `${stage.base.name} has no ${program}, which the first line of ${baseName(place)} names`;
      const [fix, ...alternatives] = [fixOf(model, started, program), forSh(started)].flatMap(
        (one) => one ?? [],
      );
      yield { ...brokenStart(started, why, fix), alternatives };
    }
  },
});

/** The program that the first line names: `bash` of `#!/bin/bash -e` and of `#!/usr/bin/env -S bash -e`. */
function interpreterOf({ file }: StartedFile): string | undefined {
  const [path, ...words] = (/^#!([^\r\n]*)/.exec(file.text)?.[1] ?? '').trim().split(/\s+/);
  const inSystem = /^\/(?:usr\/)?(?:local\/)?s?bin\/([\w.-]+)$/.exec(path ?? '')?.[1];
  return inSystem === 'env' ? words.find((word) => !/^-|=/.test(word)) : inSystem;
}

function isLacking(model: Model, { stage, command }: StartedFile, program: string): boolean {
  const { base, chain } = stage;
  const before = command.instruction.keyword === 'RUN' ? command.span.start : Infinity;
  if (base.shell !== 'none') return lacksProgram(model, stage, program, before);
  return (
    posixShells.has(program) &&
    !base.debugVariant &&
    !chain.some(({ instructions }) => instructions.some((one) => mayBringShell(model, one)))
  );
}

/** What any shell understands, on a base that has one, started by bash or dash without any option of theirs. */
function forSh({ file: { text }, place, stage: { base } }: StartedFile): Fix | undefined {
  const first = /^#![ \t]*(?:\/(?:usr\/)?(?:local\/)?bin\/|\/usr\/bin\/env[ \t]+)(?:ba|da)sh(?=[ \t\n])/.exec(
    text,
  )?.[0];
  const rest = text.slice(first?.length ?? 0);
  if (first === undefined || base.shell === 'none' || text.length > longestScript) return undefined;
  if (!/^(?: -[eux]+)?[ \t]*\n/.test(rest) || text.includes('\uFFFD') || !isPosixScript(rest))
    return undefined;
  return {
    title: `Change the first line of ${baseName(place)} to #!/bin/sh`,
    edits: [],
    files: [{ path: place, before: text, text: `#!/bin/sh${rest}` }],
    safety: 'manual',
  };
}

/** The end of longer files may be missing. */
const longestScript = 60_000;

/** The package among those that a step installs, or a step of its own on Alpine. */
function fixOf(model: Model, { stage, command }: StartedFile, program: string): Fix | undefined {
  if (!packagedByName.has(program)) return undefined;
  const use = model.installs.find(
    ({ command: { instruction }, manager }) =>
      /^(?:apk|apt)$/.test(manager.name) &&
      model.stageOf(instruction) === stage &&
      instruction.index < command.instruction.index,
  );
  const last = use?.packages.at(-1);
  const edit = use && last ? addArguments(use.command, last, program) : ownStep(model, stage, program);
  return edit && { title: `Install ${program}`, edits: [edit] };
}

function ownStep(model: Model, { from, base }: StartedFile['stage'], program: string): Edit | undefined {
  if (!from || base.distribution !== 'alpine' || base.isRoot !== true) return undefined;
  return insertBehind(model, from, [`${keywordLike(model.file, 'RUN')} apk add --no-cache ${program}`]);
}

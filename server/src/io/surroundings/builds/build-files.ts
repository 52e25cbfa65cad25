// Which files say how images are built, by their names, and how each kind is read.
import { readBakeHcl, readBakeJson } from './bake';
import { readBuildCommands } from './build-commands';
import { readCompose } from './compose';
import { readDevcontainer } from './devcontainer';
import { readJson } from '../../../core/text/read-json';
import { readSkaffold } from './skaffold';
import type { StatedBuild } from './stated-build';
import { readWorkflow } from './workflow';
import { isRecord } from '../../../core/text/record';
import { textsOf } from './stated-build';

export type BuildFileKind = 'compose' | 'bake' | 'devcontainer' | 'workflow' | 'skaffold' | 'command';

interface BuildFile {
  readonly kind: BuildFileKind;
  /** Of the file, without its folder. */
  readonly name: RegExp;
  /** Only in folders with this name. */
  readonly within?: RegExp;
  /** The base of its paths is the root of the repository, not its own folder. */
  readonly atRoot?: true;
  /** Texts without it need not be read. */
  readonly mentions: RegExp;
  read(text: string, name: string): readonly StatedBuild[];
}

/** The first row that fits a file counts. */
export const buildFiles: readonly BuildFile[] = [
  {
    kind: 'compose',
    name: /^(?:docker-)?compose[\w.-]*\.ya?ml$/i,
    mentions: /\bbuild\b/,
    read: (text, name) => readCompose(text, /override/i.test(name)),
  },
  { kind: 'bake', name: /^(?:docker-)?bake[\w.-]*\.hcl$/i, mentions: /\btarget\b/, read: readBakeHcl },
  { kind: 'bake', name: /^(?:docker-)?bake[\w.-]*\.json$/i, mentions: /"target"/, read: readBakeJson },
  { kind: 'devcontainer', name: /^\.?devcontainer\.json$/, mentions: /docker/i, read: readDevcontainer },
  {
    kind: 'workflow',
    name: /\.ya?ml$/i,
    within: /^workflows$/,
    atRoot: true,
    mentions:
      /\bdocker\/(?:build-push|metadata)-action\b|\b(?:docker|podman|nerdctl|buildah)[^\n]*\b(?:build|bud)\b/,
    read: readWorkflow,
  },
  { kind: 'skaffold', name: /^skaffold\.ya?ml$/i, mentions: /\bartifacts\b/, read: readSkaffold },
  {
    kind: 'command',
    name: /^package\.json$/,
    mentions: /\bbuild\b.*\s/,
    read: (text) => {
      const value = readJson(text);
      const scripts = isRecord(value) && isRecord(value['scripts']) ? Object.values(value['scripts']) : [];
      return readBuildCommands(textsOf(scripts).join('\n'));
    },
  },
  {
    kind: 'command',
    name: /^(?:GNUmakefile|[Mm]akefile|[\w.-]+\.mk|[jJ]ustfile|Taskfile\.ya?ml|Jenkinsfile|Earthfile|[\w.-]+\.(?:ba)?sh|[\w.-]*gitlab-ci[\w.-]*\.ya?ml|\.travis\.yml|azure-pipelines[\w.-]*\.ya?ml|bitbucket-pipelines\.yml|cloudbuild[\w.-]*\.ya?ml|buildspec[\w.-]*\.ya?ml|\.(?:drone|woodpecker)\.ya?ml)$/,
    mentions: /\b(?:build|bud)\b/,
    read: (text) => readBuildCommands(text),
  },
];

/** Folders beside a Dockerfile, or beside a folder above it, that hold such files. */
export const buildFolders =
  /^(?:\.devcontainer|\.github|\.docker|\.ci|\.circleci|docker|compose|deploy(?:ment)?s?|ops|infra|ci|build|scripts?|hack|bin|tools?|dev|local)$/i;

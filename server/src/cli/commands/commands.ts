// The commands, in the order of the help. A new command is a file in this folder and a word here.
import type { Command } from '../command';
import { attest } from './attest';
import { build } from './build';
import { builders } from './builders';
import { check } from './check';
import { clean } from './clean';
import { cycle } from './cycle';
import { debug } from './debug';
import { diet } from './diet';
import { doctor } from './doctor';
import { explain } from './explain';
import { init } from './init';
import { inspect } from './inspect';
import { merge } from './merge';
import { pin } from './pin';
import { push } from './push';
import { rebuilds } from './rebuilds';
import { reproducible } from './reproducible';
import { rules } from './rules';
import { runCommand } from './run';
import { sbom } from './sbom';
import { scan } from './scan';
import { sign } from './sign';
import { size } from './size';
import { tag } from './tag';
import { verify } from './verify';
import { why } from './why';

export const commands: readonly Command[] = [
  check,
  merge,
  init,
  pin,
  build,
  builders,
  inspect,
  size,
  diet,
  rebuilds,
  why,
  reproducible,
  scan,
  cycle,
  tag,
  push,
  sbom,
  sign,
  attest,
  verify,
  runCommand,
  debug,
  clean,
  rules,
  explain,
  doctor,
];

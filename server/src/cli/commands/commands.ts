// The commands, in the order of the help. A new command is a file in this folder and a word here.
import type { Command } from '../command';
import { attest } from './attest';
import { check } from './check';
import { cycle } from './cycle';
import { doctor } from './doctor';
import { explain } from './explain';
import { init } from './init';
import { pin } from './pin';
import { push } from './push';
import { rules } from './rules';
import { runCommand } from './run';
import { sbom } from './sbom';
import { scan } from './scan';
import { sign } from './sign';
import { tag } from './tag';
import { verify } from './verify';

export const commands: readonly Command[] = [
  check,
  init,
  pin,
  scan,
  cycle,
  runCommand,
  tag,
  push,
  sbom,
  sign,
  attest,
  verify,
  rules,
  explain,
  doctor,
];

// The commands, in the order of the help. A new command is a file in this folder and a word here.
import type { Command } from '../command';
import { check } from './check';
import { doctor } from './doctor';
import { explain } from './explain';
import { init } from './init';
import { pin } from './pin';
import { push } from './push';
import { rules } from './rules';
import { scan } from './scan';
import { tag } from './tag';

export const commands: readonly Command[] = [check, init, pin, scan, tag, push, rules, explain, doctor];

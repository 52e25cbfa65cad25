// The commands, in the order of the help. A new command is a file in this folder and a word here.
import type { Command } from '../command';
import { check } from './check';
import { doctor } from './doctor';
import { explain } from './explain';
import { init } from './init';
import { merge } from './merge';
import { pin } from './pin';
import { rules } from './rules';

export const commands: readonly Command[] = [check, merge, init, pin, rules, explain, doctor];

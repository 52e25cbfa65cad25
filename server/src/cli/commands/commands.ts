// The commands, in the order of the help. A new command is a file in this folder and a word here.
import type { Command } from '../command';
import { check } from './check';
import { doctor } from './doctor';
import { explain } from './explain';
import { init } from './init';
import { inspect } from './inspect';
import { pin } from './pin';
import { rules } from './rules';
import { size } from './size';

export const commands: readonly Command[] = [check, init, pin, inspect, size, rules, explain, doctor];

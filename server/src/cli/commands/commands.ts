// The commands, in the order in which the help lists them. A command is one file beside this one and a word here.
import type { Command } from '../command';
import { check } from './check';
import { doctor } from './doctor';

export const commands: readonly Command[] = [check, doctor];

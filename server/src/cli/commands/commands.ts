// The commands, in the order of the help. A new command is a file in this folder and a word here.
import type { Command } from '../command';
import { check } from './check';
import { doctor } from './doctor';
import { pin } from './pin';

export const commands: readonly Command[] = [check, pin, doctor];

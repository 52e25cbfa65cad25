// All causes in the order in which they are tried: what explains the others comes first, the specific before the general.
import type { Cause } from '../cause';
import { aptCauses } from './apt';
import { builderCauses } from './builder';
import { commandCauses, exitCauses, lastCauses } from './commands';
import { compiledCauses } from './compiled-languages';
import { copyCauses } from './copied-files';
import { downloadCauses, silentCauses } from './downloads';
import { gitCauses } from './git';
import { machineCauses } from './machine';
import { nodeCauses } from './node';
import { pythonCauses } from './python';
import { rubyCauses } from './ruby';
import { systemCauses } from './system-packages';
import { toolCauses } from './tools';

export const causes: readonly Cause[] = [
  ...copyCauses,
  ...builderCauses,
  ...machineCauses,
  ...aptCauses,
  ...systemCauses,
  ...toolCauses,
  ...pythonCauses,
  ...nodeCauses,
  ...rubyCauses,
  ...compiledCauses,
  ...gitCauses,
  ...downloadCauses,
  ...commandCauses,
  ...silentCauses,
  ...exitCauses,
  ...lastCauses,
];

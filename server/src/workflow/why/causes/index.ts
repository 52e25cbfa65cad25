// All causes in the order in which they are tried: what explains the others comes first, the specific before the general.
import type { Cause } from '../cause';
import { aptCauses } from './apt';
import { builderCauses } from './builder';
import { commandCauses, exitCauses, lastCauses, serviceCauses } from './commands';
import { compiledCauses } from './compiled-languages';
import { copyCauses } from './copied-files';
import { downloadCauses, silentCauses } from './downloads';
import { gitCauses } from './git';
import { localeCauses } from './locale';
import { machineCauses } from './machine';
import { nodeCauses } from './node';
import { otherCauses } from './other-languages';
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
  ...gitCauses,
  ...localeCauses,
  ...pythonCauses,
  ...nodeCauses,
  ...rubyCauses,
  ...compiledCauses,
  ...otherCauses,
  ...serviceCauses,
  ...downloadCauses,
  ...commandCauses,
  ...silentCauses,
  ...exitCauses,
  ...lastCauses,
];

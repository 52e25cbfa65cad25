// The machine that builds: disk, memory, and what ended the command from outside.
import type { Cause } from '../cause';

export const machineCauses: readonly Cause[] = [
  {
    id: 'disk-full',
    said: 'anywhere',
    signs: [
      /no space left on device/i,
      /You don't have enough free space in (?<path>\S+)/,
      /\bENOSPC\b/,
      /Disk quota exceeded/i,
      /at least (?<needed>\S+) (?:more )?space needed on the (?<path>\S+) filesystem/,
    ],
    message: () =>
      'The disk of the builder is full. Free space, for example with docker system prune, and run the build again',
  },
  {
    id: 'out-of-memory',
    said: 'anywhere',
    signs: [
      /JavaScript heap out of memory/,
      /OutOfMemoryError/,
      /(?:fatal error: )?(?:Killed signal terminated program|Killed \(program) (?<command>\w+)?/,
      /(?:virtual memory exhausted|Cannot allocate memory|std::bad_alloc|\bENOMEM\b)/i,
      /Allowed memory size of \d+ bytes exhausted/,
      /internal compiler error: Killed/,
      /^MemoryError$/,
      /Could not reserve enough space for/,
      /signal: 9, SIGKILL|terminated by signal SIGKILL|^Killed$/,
    ],
    message: () =>
      'The command ran out of memory. Give the builder more, or let the command use less, for example with fewer parallel jobs',
  },
];

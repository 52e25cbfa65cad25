// What the command itself says: it is missing, a file or a right is, the compiler or a test complains.
import { lastMatch } from '../cause';
import type { Cause } from '../cause';

export const commandCauses: readonly Cause[] = [
  {
    id: 'command-missing',
    signs: [
      /bundler: command not found: (?<command>\S+)/,
      /env: can't execute '(?<command>[^']+)': No such file/,
      /: line \d+: (?<command>[^\s:]+): not found/,
      /(?:^|\/)(?:ba|da|a|z|k)?sh: (?:\d+: |line \d+: )?(?:eval: )?(?:line \d+: )?(?<command>[^\s:]+): (?:command )?not found/,
      /^(?:\S+: )?(?:line \d+: |\d+: )(?<command>[^\s:]+): (?:command )?not found/,
      /^(?<command>[\w.+-]+): (?:command )?not found$/,
      /^\S+: \d+: \S+: (?<command>\S+): not found/,
      /(?<![\w./+-])(?<command>[\w./+-]+): command not found/,
      /^(?:\S+: )?(?:line \d+: |\d+: )(?<command>\/[^\s:]+): (?:No such file or directory|not found|cannot execute: required file not found)/,
      /^(?:sudo|env|time|nohup|xargs|timeout|nice|su): (?<command>[\w.+-]+): (?:command not found|No such file)/,
      /can't find command '(?<command>[^']+)'|'(?:[^']+)' is not recognized as an internal or external command/,
      /The term '(?<command>[^']+)' is not recognized/,
    ],
    message: ({ command = 'A command' }) =>
      command.startsWith('/') || command.startsWith('./')
        ? `${command} is not in the image, or the interpreter in its first line is not (also Windows line ends do that). Copy it before, and check its path`
        : `The image has no command ${command}. Install the package that has it in a step before`,
  },
  {
    id: 'required-argument',
    signs: [
      /\b(?<argument>[A-Za-z_]\w*): (?:parameter (?:not set|null or not set)|unbound variable)/,
      /(?:line )?\b\d+: (?<argument>[A-Za-z_]\w*): (?<detail>.*(?:must be set|is required|not set|required).*)/i,
      /\b(?<argument>[A-Z][A-Z0-9_]{2,}) (?:must be (?:set|provided|specified)|is (?:not set|required|empty|unset)|not (?:set|provided|defined))/,
      /(?:missing|required) (?:build[- ]arg(?:ument)?|argument|environment variable):? "?(?<argument>[A-Z]\w+)/i,
      /KeyError: '(?<argument>[A-Z][A-Z0-9_]+)'/,
    ],
    message: ({ argument = 'A value' }) =>
      `The step needs ${argument}, which has no value. Pass it with --build-arg ${argument}=…, and declare it with ARG in this stage`,
  },
  {
    id: 'permission-denied',
    signs: [
      /(?:^|: )['"‘`]?(?<path>[^'"’:\s]+)['"’]?: Permission denied/,
      /(?:cannot|can't|could not|unable to) (?:create|open|remove|access|execute|write|touch|make|copy|chmod|stat|change)[^:'"‘`]{0,60}['"‘`](?<path>[^'"’]{1,200})['"’]:? ?:? (?:Permission denied|Operation not permitted|Read-only file system)/,
      /EACCES|PermissionError|[Pp]ermission denied|Operation not permitted|are you root\?|must be (?:run as )?root|Read-only file system|requires? (?:root|superuser)/,
      /E: Could not open lock file (?<path>\S+) - open \(13/,
    ],
    message: ({ path }) =>
      `The user of this step may not use ${path ?? 'a file'}. Do it before USER, copy with --chown or --chmod, or make a script executable`,
  },
  {
    id: 'user-problem',
    signs: [
      /(?:useradd|adduser|groupadd|addgroup|usermod|groupmod): (?:The )?(?:user|group|UID|GID|uid|gid) '?(?<user>[\w-]+)'? (?:already exists|is not unique|in use|already in use)/,
      /invalid (?:user|group) ID ['"‘`]?(?<user>[\w:.-]+)/,
      /(?:useradd|adduser|groupadd|addgroup|usermod): (?<detail>.*(?:in use|already exists|exists|not unique|invalid|unknown).*)/,
      /(?:unable to find user|no matching entries in passwd file|unknown user|invalid (?:user|group|spec)|unknown (?:user|group)(?:\/group)?)[: ]*['"‘`]?(?<user>[\w:.-]+)?/,
      /(?:group|user) '(?<user>[^']+)' does not exist/,
      /su: user (?<user>\S+) does not exist|sudo: unknown user: (?<path>\S+)/,
      /Only one or two names allowed|(?:adduser|addgroup): unrecognized option/,
      /(?:adduser|useradd): (?:Please enter|Warning|unrecognized)/,
    ],
    message: ({ user, said = '' }) =>
      /invalid (?:user|group) ID/i.test(said)
        ? `The command takes ${user ?? 'a word'} for the number of a user or group. Most likely a variable before it is empty: give it a value with ARG or --build-arg`
        : /exist(?!s not)|in use|not unique|use'/.test(said) && !/not exist/.test(said)
          ? `The user or group ${user ?? ''} is already in the base image. Use that one, or choose another name and number`
          : /Only one|unrecognized/.test(said)
            ? 'This adduser has other options than the one the command was written for: Alpine and Debian differ. Use the options of this distribution'
            : `There is no user or group ${user ?? 'of that name'} in the image. Create it in a step before`,
  },
  {
    id: 'compile-failed',
    signs: [
      /^\S+\.(?:c|cc|cpp|cxx|h|hpp|m|s|S|f90|cu):\d+(?::\d+)?: (?:fatal )?error: (?<detail>.+)/,
      /(?<!\S)\S+\.(?:c|cc|cpp|cxx|h|hpp)(?:\(\d+\)|:\d+(?::\d+)?):? (?:fatal )?error: (?<detail>.+)/,
      /^\S+\.go:\d+(?::\d+)?: (?<detail>.+)/,
      /^\S+\.(?:java|scala|kt):\d+: error: (?<detail>.+)/,
      /\[ERROR\] \S+\.(?:java|kt|scala):\[\d+,\d+\] (?<detail>.+)/,
      /(?<!\S)\S+\.tsx?\(\d+,\d+\): error (?<detail>TS\d+: .+)/,
      /(?:undefined reference to|undefined symbol|multiple definition of) (?<detail>.+)/,
      /relocation target \S+ not defined/,
      /collect2: error|ld returned \d+ exit status|cc1(?:plus)?: (?:all warnings|error)/,
      /error: command '?\S*(?:gcc|g\+\+|cc|clang)\S*'? failed/,
      /error(?:\[E\d+\]|\(\d+\)| C\d+): (?<detail>.+)/,
      /^\S+\.\w{1,6}:\d+(?::\d+)?: ?error: ?(?<detail>.+)/,
      /\.hs:\d+:\d+: error|\.ex:\d+:|\.swift:\d+:\d+: error: (?<detail>.+)/,
    ],
    // Those that called the compiler say that it failed, and not why.
    more(facts, { printed }) {
      const detail = facts.detail ?? lastMatch(printed, /^\S+:\d+(?::\d+)?: (?:fatal )?error: (.+)/)?.[1];
      return { ...facts, ...(detail !== undefined && { detail }) };
    },
    message: ({ detail }) =>
      `The compiler stopped${detail ? `: ${detail}` : ''}. The code does not fit this compiler or its libraries: correct it, or take the versions that it was written for`,
  },
  {
    id: 'tests-failed',
    signs: [
      /(?:Tests?(?: run)?|Suites?|Failures|Specs?|examples?):? .*(?<detail>\b[1-9]\d* (?:failed|failures?|errors?)\b.*)/i,
      /^(?:=+ )?(?<detail>[1-9]\d* (?:failed|failing)\b.*)/,
      /^(?:FAIL|not ok|--- FAIL:) (?<path>\S+)/,
      /There (?:are|were) test failures|AssertionError|Test(?:s)? failed|make: \*\*\* \[(?:test|check)\]/i,
      /^FAILED \((?<detail>.*)\)|FAILED: (?<path>\S+)/,
      /^Result: FAIL/,
      /Testing \[FAIL\]: (?<path>\S+)/,
    ],
    message: ({ detail, path }) =>
      `A test of the project failed${path ? ` (${path})` : detail ? ` (${detail.trim()})` : ''}. The Dockerfile does what it should: look at the test`,
  },
  {
    id: 'path-exists',
    signs: [
      /^(?<command>mkdir|ln): .*?['‘`"](?<path>[^'’"]{1,200})['’"]: File exists$/,
      /^(?<command>mkdir|ln): (?<path>\/\S+): File exists$/,
    ],
    more: (facts, { printed }) => (printed.at(-1)?.trim() === facts.said ? facts : undefined),
    message: ({ command, path = 'The path' }) =>
      `${path} is there already, so ${command ?? 'the command'} stops. ${
        command === 'ln'
          ? 'Replace it with ln -sf, or leave the step out'
          : 'Add -p, which is content with a folder that exists'
      }`,
  },
  {
    id: 'file-missing',
    signs: [
      /Failed opening required '(?<path>[^']+)'/,
      /PHP Warning: +require(?:_once)?\((?<path>[^)]+)\)/,
      /Could not open input file: (?<path>\S+)/,
      /ERROR! the playbook: (?<path>\S+) could not be found/,
      /Neither (?<path>\S+) nor \S+ (?:was |were )?found/,
      /(?<path>\/[^\s:]+): getDirectoryContents\S*: does not exist/,
      /unzip: +cannot find or open (?<path>[^\s,]+)/,
      /(?:directory contents of|open dir(?:ectory)?) '(?<path>[^']+)'.*: No such file or directory/,
      /zip warning: name not matched: (?<path>\S+)/,
      /can't cd to (?<path>[^\s:]+)/,
      /(?:cannot|can't|could not|couldn't|unable to|failed to) (?:stat|open|access|find|create|cd to|change directory to|read|load|remove|locate|move|copy|chdir)(?: [\w ]{0,20})? ['"‘`“](?<path>[^'"’”]{1,200})['"’”]:? (?:No such file or directory|does not exist|nonexistent)/i,
      /(?:cannot|can't) (?:stat|open|access|create|cd to|find|remove|read)(?: \w{1,12})? ['"‘`]?(?<path>[^'"’:]{1,200})['"’]?: (?:No such file|Directory nonexistent)/,
      /No such file or directory: ['"‘`]?(?<path>[^'"’]+)/,
      /\b(?:cd|source|sed|cat|cp|mv|rm|ls|chmod|chown|tar|install|ln|sh|bash|python\d?|node|php|perl|head|grep|find|mkdir|touch|unzip): .*?(?:can't (?:cd to|open|read|stat|create|find) )?['"‘`]?(?<path>[^\s'"’:]+)['"’]?: (?:\[Errno 2\] )?(?:No such file or directory|nonexistent directory|not found)/,
      /ENOENT: no such file or directory, \w+ '(?<path>[^']+)'/,
      /(?:can't cd to|can't open|Can't open|Cannot open|cannot find|could not open|No such file or directory[:,]?(?: \w+)?) ['"‘`]?(?<path>[^\s'"’:]*[/.][^\s'"’:]*)/,
      /(?<![^\s:])(?=[^\s:]*[/.])(?<path>[^\s:]+): (?:cannot open|No such file or directory)/,
      /No rule to make target ['‘`](?<path>[^'’]+)/,
      /No targets specified and no makefile found|make: (?<path>\S+): No such file/,
      /(?:source directory|The directory|File|file|Directory) ['"`]?(?<path>[^'"`\s]+)['"`]? (?:does not exist|not found|doesn't exist|does not appear to contain)/,
      /(?:No such file or directory|FileNotFoundError|FileNotFoundException)/,
      /\[Errno 2\] No such file/,
    ],
    // What a package of pip lacks is missing in the package.
    more: (facts) => (/\/pip-(?:build|install|wheel)-?\w*\//.test(facts.path ?? '') ? undefined : facts),
    message: ({ path, said = '' }) =>
      path !== undefined && /No rule to make target [^,]*$/.test(said)
        ? `The Makefile has no target ${path}. Check its name, and that the right Makefile was copied`
        : path
          ? `${path} is not in the image at this step. Copy or create it before, and check WORKDIR and the ignore file`
          : 'A file is not in the image at this step. Copy or create it before, and check WORKDIR and the ignore file',
  },
  {
    id: 'path-is-folder',
    signs: [
      /(?:^|: |\*\*\* |create )['"‘`]?(?<path>[^\s'"’:]+)['"’]?: Is a directory/,
      /EISDIR: .*'(?<path>[^']+)'/,
    ],
    message: ({ path = 'A path' }) =>
      `${path} is a folder, and the command wants a file. A COPY may have made it, or a path ends too early`,
  },
  {
    id: 'shell-syntax',
    signs: [
      /(?:sh|bash)(?:: -c)?: (?:line )?\d+: ?(?:-c: line \d+: )?(?<detail>[Ss]yntax error.*|unexpected (?:EOF|end of file).*)/,
      /(?:sh|bash): (?:\d+: |line \d+: )?(?<detail>Bad substitution|Illegal option.*|\[\[: not found|set: .*invalid option.*|source: not found|\[: .*)/,
      /(?:sh|bash): (?:\d+: )?(?<detail>.*(?:unexpected operator|unterminated quoted string|bad number|missing \]).*)/,
      /unterminated (?:quoted string|`s' command)|sed: -e expression #\d+, char \d+: (?<detail>.*)/,
      /sed: (?<detail>.*(?:unterminated|unknown (?:option|command)|unmatched).*)/,
    ],
    message: ({ detail = '' }) =>
      `The shell cannot read the script${detail ? ` (${detail})` : ''}. Check quotes and line ends; what only bash knows needs SHELL ["/bin/bash", "-c"]`,
  },
  {
    id: 'wrong-usage',
    weak: true,
    signs: [
      /(?<detail>(?:unrecognized|unknown|invalid|illegal|no such) (?:option|command|subcommand|flag|operand)s?.*)/i,
      /^(?:Usage|usage): (?<command>\S+)/,
      /(?<!\S)(?<command>\S+): (?<detail>(?:missing|extra|too (?:many|few)) (?:file )?(?:operand|argument)s?.*)/,
      /(?<!\S)(?<command>\S+): error: (?<detail>(?:no such option|unrecognized arguments|the following arguments are required).*)/,
      /flag provided but not defined: (?<detail>\S+)|error: unknown (?:option|flag|switch) (?<argument>.*)/,
      /is not a \S+ command|See '.* --help'/,
      /(?<!\S)(?<command>\S+): error: (?<detail>(?:argument|expected|unrecognized) .*)/,
      /^ +-\w, --\w[\w-]+ |^ +--[\w-]+ \| -\w /,
    ],
    message: ({ command, detail }) =>
      `${command ?? 'A command'} does not know how it was called${detail ? ` (${detail})` : ''}. Its options differ between versions and distributions: check them for this one`,
  },
];

/** Services that run in no build; they look like servers that do not answer. */
export const serviceCauses: readonly Cause[] = [
  {
    id: 'service-missing',
    signs: [
      /System has not been booted with systemd|Failed to (?:connect to bus|get D-Bus connection)|systemctl: (?:command )?not found/,
      /unrecognized service|Failed to start \S+\.service/,
      /(?:Can't connect to|ERROR 2002 .*) (?:local )?MySQL server|could not connect to server: (?:No such file|Connection refused)|Connection to .*5432.*refused/,
      /mysqld? .*(?:fail|failed)!|Starting .*\.\.\. ?(?:failed|fail)!?|^ *\.\.\. ?fail!/i,
      /(?:127\.0\.0\.1|localhost|::1)\S* .{0,80}refused/,
      /[Cc]onnection refused \(?(?:127\.0\.0\.1|localhost|\[?::1)/,
      /(?:Can't|[Cc]ould not|[Cc]annot|[Ff]ailed to|[Uu]nable to) (?:connect to|access|reach) (?:the )?(?:MySQL server|database|Docker daemon|cluster|Redis|PostgreSQL|MongoDB)\b/,
      /modprobe: |mount: .*(?:permission denied|only root|must be superuser)/,
      /[Cc]annot connect to X server|could not connect to display|QXcbConnection|Unable to init server/,
    ],
    message: () =>
      'The step needs a service that does not run during a build. Start it in the same RUN and wait for it, or do this when the container starts',
  },
];

/** What is left when nothing says more. */
export const lastCauses: readonly Cause[] = [
  {
    id: 'python-error',
    weak: true,
    signs: [
      /^(?<detail>[\w.]*(?:Error|Exception|Warning|Exit): .+)/,
      /^(?<detail>[\w.]+(?:Error|Exception))$/,
    ],
    more: (facts, { printed }) =>
      lastMatch(printed, /^Traceback \(most recent|^ +File "/) ? facts : undefined,
    message: ({ detail = '' }) => `A Python program stopped: ${detail}`,
  },
  {
    id: 'build-failed',
    weak: true,
    signs: [
      /^(?:\S+: )?(?:\*\*\* )?(?:[Ff]atal|FATAL|[Ee]rror|ERROR|E|ERR!)(?: error)?[:!] *(?<detail>\S.+)/,
      /\blevel=(?:fatal|error|panic) msg="(?<detail>[^"]+)/,
      /^zip error: (?<detail>.+)/,
      /\b(?:ERROR|FATAL|CRITICAL)\]?:? +(?<detail>\S.+)/,
      /make(?:\[\d+\])?: \*\*\* \[(?<command>[^\]]+)\] Error (?<detail>\d+)/,
      /(?<![\w.])(?<detail>[\w.]+(?:Error|Exception): .+)/,
      /^(?!.*:in [`'])(?<detail>.*\b(?:[Ff]ailed|FAILED|[Cc]annot|[Cc]ould not|[Uu]nable to|[Nn]ot found|NOT FOUND|[Nn]ot specified|does not exist|[Mm]ust|[Rr]equired|[Ii]nvalid|[Uu]nsupported|[Nn]ot supported)\b.*)/,
    ],
    message: ({ detail, command }) =>
      command
        ? `make stopped at ${command}. The lines above say why`
        : `The command stopped: ${detail ?? 'what it printed says why'}`,
  },
];

/** Of the exit code alone. */
export const exitCauses: readonly Cause[] = [
  {
    id: 'required-argument',
    weak: true,
    signs: [/^/],
    more(facts, { instruction = '', printed }) {
      const tested = /(?:\btest|\[\[?) +(?:-n|!? ?-z) +"?\$\{?(\w+)/.exec(instruction)?.[1];
      return tested === undefined || printed.length > 2 ? undefined : { ...facts, argument: tested };
    },
    message: ({ argument = '' }) =>
      `The step tests ${argument}, which has no value. Pass it with --build-arg ${argument}=…, and declare it with ARG in this stage`,
  },
  {
    id: 'own-exit',
    weak: true,
    signs: [/^/],
    more: (facts, { instruction = '', exitCode }) =>
      exitCode !== undefined && exitsWith(instruction, exitCode) ? facts : undefined,
    message: ({ exit = '1' }) =>
      `The step ends with exit ${exit}, which its author wrote. The condition before it says what is missing`,
  },
  {
    id: 'tests-failed',
    weak: true,
    // What linters of style print, with the number or name of their rule.
    signs: [
      /^\S+\.\w+:\d+:\d+: (?<detail>[A-Z]{1,3}\d{3,4} .+)/,
      /^(?<path>\S+\.\w+):\d+:[\w-]+:(?:WARNING|ERROR):(?<detail>.+)/,
    ],
    message: ({ detail = '' }) =>
      `A check of the project found a fault: ${detail}. The Dockerfile does what it should: correct the code, or change the check`,
  },
  {
    id: 'out-of-memory',
    weak: true,
    signs: [/^/],
    more: (facts, { exitCode }) => (exitCode === 137 ? facts : undefined),
    message: () =>
      'The command was killed (exit code 137), most likely because it ran out of memory. Give the builder more, or let the command use less',
  },
  {
    id: 'crashed',
    weak: true,
    signs: [/^/],
    more: (facts, { exitCode }) =>
      exitCode === 139 || exitCode === 134 || exitCode === 132 ? facts : undefined,
    message: ({ exit = '' }) =>
      `The program crashed (exit code ${exit}). It may be made for another processor or C library than this image has`,
  },
  {
    id: 'command-missing',
    weak: true,
    signs: [/^/],
    more: (facts, { exitCode }) => (exitCode === 127 ? facts : undefined),
    message: () =>
      'A command of this step is not in the image (exit code 127). Install the package that has it in a step before',
  },
  {
    id: 'permission-denied',
    weak: true,
    signs: [/^/],
    more: (facts, { exitCode }) => (exitCode === 126 ? facts : undefined),
    message: () =>
      'A command of this step cannot be run (exit code 126): it is not executable, or not a program for this machine. Make it executable with COPY --chmod or chmod',
  },
];

function exitsWith(instruction: string, code: number): boolean {
  return instruction
    .split(/[\s;&|)]+/)
    .some((word, at, words) => word === 'exit' && words[at + 1] === String(code));
}

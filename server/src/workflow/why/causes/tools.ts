// Programs that another one needs and does not find: that explains what follows from it.
import { lastMatch } from '../cause';
import type { Cause } from '../cause';

const needsGit =
  /(?:spawn git ENOENT|exec: "git": executable file not found|Cannot find command 'git'|git was not found|unable to (?:find|execute) git|Error: Cannot find git|spawn ENOENT git|env: git: No such|No such file or directory: 'git'|npm ERR! .*\bgit\b.*ENOENT|syscall spawn git|git: command not found|(?:sh|bash): (?:\d+: |line \d+: )?git: not found|couldn't find.* "git" binary|check if you have git installed|Couldn't find the binary git)/;

export const toolCauses: readonly Cause[] = [
  {
    id: 'tool-missing',
    signs: [
      needsGit,
      /exec: "(?<command>[\w.+-]+)": executable file not found in \$PATH/,
      /spawn (?<command>[\w.+-]+) ENOENT/,
      /Cannot find command '(?<command>[\w.+-]+)'/,
      /(?:unable to execute|error: command) '(?<command>[\w.+-]*(?:gcc|g\+\+|cc|clang|c\+\+))'(?:: No such file| failed: No such file)/,
      /unable to execute '?(?<command>[\w./+-]+)'?: No such file or directory/,
      /gyp ERR! .*(?:not found: |Can't find )(?:Python executable "(?<command>python\d?)|(?<detail>make))/,
      /cannot execute ['‘`]cc1(?<detail>plus|)['’`]: execvp/,
      /You must have (?<command>bison|flex|autoconf|automake|libtool|gettext|pkg-config|m4|perl) installed/i,
      /gyp ERR! find Python/,
      /gyp ERR! stack Error: not found: (?<command>\w+)/,
      /make(?:\[\d+\])?: (?<command>[\w./+-]+): (?:Command not found|No such file or directory)/,
      /No such file or directory: b?'(?<command>[\w+-]+)'(?:: b?'[\w+-]+')?$/,
      /(?:configure|checking.*): error: (?:no acceptable (?<detail>C(?:\+\+)?) compiler|.*C compiler cannot create executables)/,
      /error: linker `(?<command>\w+)` not found/,
      /(?:which|\/usr\/bin\/which): no (?<command>\S+) in \(/,
      /env: ['‘`]?(?<command>[\w.+-]+)['’]?: No such file or directory/,
      /Please install (?:the )?['"`]?(?<command>git|curl|wget|unzip|zip|make|gcc|g\+\+|python|tar|xz|bzip2)['"`]?(?: first| and|\.|$)/,
      /(?<command>unzip|xz|bzip2|gzip|lbzip2|zstd): Cannot exec: No such file/,
      /tar \(child\): (?<command>\w+): Cannot exec: No such file or directory/,
      /Could NOT find (?<command>Git|Make|Bison|Flex|Perl|PkgConfig) \(missing/,
      /No CMAKE_(?<detail>CXX|C)_COMPILER could be found/,
      /CMake was unable to find a build program corresponding to "(?<command>[^"]+)"/,
      /(?<detail>C(?:\+\+)?) compiler not found/,
      /pkg-config(?: script)? could not be found|pkg-config: (?:command )?not found/,
      /(?<command>pg_config|mysql_config|curl-config|xml2-config|krb5-config|xslt-config) (?:executable )?(?:is required|not found|could not be found)/,
      /OSError: (?<command>mysql_config) not found/,
      /the (?:.*)`?(?<command>cmake|protoc|nasm|yasm|flex|bison)`? (?:was |is )?(?:not (?:found|installed)|is required)/i,
      /is `(?<command>cmake)` not installed/,
      /'(?<command>unzip|zip|tar|gzip|make|gcc|cmake)(?: \S+)?' program not found/,
    ],
    more(facts, { printed }) {
      const said = facts.said ?? '';
      if (needsGit.test(said)) return { ...facts, command: 'git' };
      if (/gyp ERR! find Python/.test(said)) {
        // A Python that is there but too new or too old is another cause.
        return lastMatch(printed, /(?:is not set from|could not be run|not find any Python|is not in PATH)/)
          ? { ...facts, command: 'python3' }
          : undefined;
      }
      if (/pkg-config/.test(said) && facts.command === undefined) return { ...facts, command: 'pkg-config' };
      const { detail } = facts;
      if (facts.command === undefined && detail !== undefined)
        return {
          ...facts,
          command: /\+\+|CXX|plus/.test(detail) ? 'g++' : detail === 'make' ? 'make' : 'gcc',
        };
      return facts.command === undefined && /compiler/.test(said) ? { ...facts, command: 'gcc' } : facts;
    },
    message: ({ command = 'A program' }) =>
      `${command} is needed and not in the image. Install the package that has it in a step before`,
  },
];

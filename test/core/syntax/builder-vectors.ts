// How BuildKit 0.32.2 reads small Dockerfiles: the answers of its parser, taken down by running it.
// Each instruction is a list. First its lines (from 1), its keyword with flags, that of the trigger behind
// `>`, and `json` for the JSON form; then the values; then each heredoc with its body, a quoted name
// meaning that nothing in it is expanded. Keywords are in upper case here.

export interface BuilderVector {
  readonly title: string;
  readonly text: string;
  readonly instructions: readonly (readonly string[])[];
}

export const builderVectors: readonly BuilderVector[] = [
  {
    title: 'a syntax directive',
    text: '# syntax=docker/dockerfile:1\nFROM a\n',
    instructions: [['2 FROM', 'a']],
  },
  {
    title: 'two directives',
    text: '# syntax=x\n# check=error=true\nFROM a',
    instructions: [['3 FROM', 'a']],
  },
  {
    title: 'backtick as escape character',
    text: '# escape=`\nFROM a\nRUN a `\n b\\\nRUN c',
    instructions: [
      ['2 FROM', 'a'],
      ['3-4 RUN', 'a  b\\'],
      ['5 RUN', 'c'],
    ],
  },
  {
    title: 'a directive in mixed case with blanks',
    text: '#  EsCaPe = `  \nFROM a\nRUN x `\ny',
    instructions: [
      ['2 FROM', 'a'],
      ['3-4 RUN', 'x y'],
    ],
  },
  {
    title: 'an indented escape directive',
    text: '   # escape=`\nFROM a\nRUN x `\ny',
    instructions: [
      ['2 FROM', 'a'],
      ['3-4 RUN', 'x y'],
    ],
  },
  {
    title: 'an escape directive behind another',
    text: '# syntax=x\n# escape=`\nFROM a\nRUN x `\ny',
    instructions: [
      ['3 FROM', 'a'],
      ['4-5 RUN', 'x y'],
    ],
  },
  {
    title: 'no directive behind a comment',
    text: '# note\n# escape=`\nFROM a\nRUN x `\n',
    instructions: [
      ['3 FROM', 'a'],
      ['4 RUN', 'x `'],
    ],
  },
  {
    title: 'no directive behind a blank line',
    text: '\n# escape=`\nFROM a\nRUN x `\n',
    instructions: [
      ['3 FROM', 'a'],
      ['4 RUN', 'x `'],
    ],
  },
  {
    title: 'no directive behind one of an unknown name',
    text: '# foo=bar\n# escape=`\nFROM a\nRUN x `\n',
    instructions: [
      ['3 FROM', 'a'],
      ['4 RUN', 'x `'],
    ],
  },
  {
    title: 'no escape directive behind #!',
    text: '#!/usr/bin/env docker\n# escape=`\nFROM a\nRUN a \\\nb',
    instructions: [
      ['3 FROM', 'a'],
      ['4-5 RUN', 'a b'],
    ],
  },
  {
    title: 'an empty escape directive is a comment',
    text: '# escape=\nFROM a\nRUN a \\\nb',
    instructions: [
      ['2 FROM', 'a'],
      ['3-4 RUN', 'a b'],
    ],
  },
  {
    title: 'a byte order mark',
    text: '\ufeffFROM a',
    instructions: [['1 FROM', 'a']],
  },
  {
    title: 'a byte order mark and a directive',
    text: '\ufeff# escape=`\nFROM a\nRUN x `\ny',
    instructions: [
      ['2 FROM', 'a'],
      ['3-4 RUN', 'x y'],
    ],
  },
  {
    title: 'CRLF',
    text: 'FROM a\r\nRUN a \\\r\n  b \\\r\n  # c\r\n  d\r\nCMD x\r\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2-5 RUN', 'a   b   d'],
      ['6 CMD', 'x'],
    ],
  },
  {
    title: 'a lone carriage return is a blank in the line',
    text: 'FROM a\rRUN b\nRUN c\rd',
    instructions: [
      ['1 FROM', 'a', 'RUN', 'b'],
      ['2 RUN', 'c\rd'],
    ],
  },
  {
    title: 'several carriage returns at the end of a line',
    text: 'FROM a\r\r\nRUN x \\\r\r\ny',
    instructions: [
      ['1 FROM', 'a'],
      ['2-3 RUN', 'x y'],
    ],
  },
  {
    title: 'tabs',
    text: 'FROM a\n\tRUN\ta\tb\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', 'a\tb'],
    ],
  },
  {
    title: 'indented lines',
    text: '   FROM a\n   # c\n  RUN x',
    instructions: [
      ['1 FROM', 'a'],
      ['3 RUN', 'x'],
    ],
  },
  {
    title: 'a heredoc',
    text: 'FROM a\nRUN <<EOF\nx\n y\nEOF\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-5 RUN', '<<EOF', '<<EOF\nx\n y\n'],
      ['6 RUN', 'z'],
    ],
  },
  {
    title: 'two heredocs',
    text: 'FROM a\nRUN <<A <<B\n1\nA\n2\nB\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-6 RUN', '<<A <<B', '<<A\n1\n', '<<B\n2\n'],
      ['7 RUN', 'z'],
    ],
  },
  {
    title: 'a heredoc that strips tabs',
    text: 'FROM a\nRUN <<-E\n\tx\n\t\ty\n z\n\t\tE\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-6 RUN', '<<-E', '<<-E\nx\ny\n z\n'],
      ['7 RUN', 'z'],
    ],
  },
  {
    title: 'tabs in front of a delimiter count without the dash',
    text: 'FROM a\nRUN <<E\nx\n\tE\nE\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-5 RUN', '<<E', '<<E\nx\n\tE\n'],
      ['6 RUN', 'z'],
    ],
  },
  {
    title: 'quoted delimiters',
    text: 'FROM a\nCOPY <<\'E\' <<"F" /x/\n$a\nE\n$b\nF\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2-6 COPY', "<<'E'", '<<"F"', '/x/', "<<'E'\n$a\n", "<<'F'\n$b\n"],
    ],
  },
  {
    title: 'a heredoc in the middle of a command',
    text: 'FROM a\nRUN cat <<E > /x && b\nq\nE\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', 'cat <<E > /x && b', '<<E\nq\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'a heredoc behind a continuation',
    text: 'FROM a\nRUN a \\\n <<E \\\n b\nq\nE\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-6 RUN', 'a  <<E  b', '<<E\nq\n'],
      ['7 RUN', 'z'],
    ],
  },
  {
    title: 'a heredoc operator at the end, a blank behind it',
    text: 'FROM a\nRUN <<E \nq\nE\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', '<<E', '<<E\nq\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'no heredoc within a word',
    text: 'FROM a\nRUN cat<<E\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', 'cat<<E'],
      ['3 RUN', 'z'],
    ],
  },
  {
    title: 'a heredoc under ONBUILD',
    text: 'FROM a\nONBUILD RUN <<E\nq\nE\nRUN x',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 ONBUILD > RUN', '<<E', '<<E\nq\n'],
      ['5 RUN', 'x'],
    ],
  },
  {
    title: 'no heredoc two triggers deep',
    text: 'FROM a\nONBUILD ONBUILD RUN <<E\nRUN x',
    instructions: [
      ['1 FROM', 'a'],
      ['2 ONBUILD > ONBUILD > RUN', '<<E'],
      ['3 RUN', 'x'],
    ],
  },
  {
    title: 'a delimiter quoted in part',
    text: 'FROM a\nRUN <<E"O"F\nx\nEOF\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', '<<E"O"F', "<<'EOF'\nx\n"],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'a file descriptor',
    text: 'FROM a\nRUN 3<<EOF\nx\nEOF\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', '3<<EOF', '<<EOF\nx\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'a body whose last line ends in the escape character',
    text: 'FROM a\nRUN <<E\na \\\nE\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', '<<E', '<<E\na \\\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'a blank behind the operator',
    text: 'FROM a\nRUN << EOF\nx\nEOF\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', '<< EOF', '<<EOF\nx\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'no heredoc in quotes',
    text: 'FROM a\nRUN python -c "print(1 <<EOF)"\nRUN b',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', 'python -c "print(1 <<EOF)"'],
      ['3 RUN', 'b'],
    ],
  },
  {
    title: 'no heredoc in <<<',
    text: 'FROM a\nRUN a <<< b\nRUN c',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', 'a <<< b'],
      ['3 RUN', 'c'],
    ],
  },
  {
    title: 'an arithmetic shift that closes',
    text: 'FROM a\nRUN x $((1 <<3))\n3))\nRUN y',
    instructions: [
      ['1 FROM', 'a'],
      ['2-3 RUN', 'x $((1 <<3))', '<<3))\n'],
      ['4 RUN', 'y'],
    ],
  },
  {
    title: 'no heredoc on a line with an open quote',
    text: "FROM a\nRUN echo it's <<EOF\nRUN x",
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', "echo it's <<EOF"],
      ['3 RUN', 'x'],
    ],
  },
  {
    title: 'no heredoc on a line with a bad reference',
    text: 'FROM a\nRUN <<EOF ${}\nRUN x',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', '<<EOF ${}'],
      ['3 RUN', 'x'],
    ],
  },
  {
    title: 'a delimiter with a variable',
    text: 'FROM a\nRUN <<${x}\nb\n$x\n${x}\nRUN y',
    instructions: [
      ['1 FROM', 'a'],
      ['2-5 RUN', '<<${x}', '<<${x}\nb\n$x\n'],
      ['6 RUN', 'y'],
    ],
  },
  {
    title: 'an operand swallows what the word holds',
    text: 'FROM a\nRUN <<${x:-E}\nRUN y',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', '<<${x:-E}'],
      ['3 RUN', 'y'],
    ],
  },
  {
    title: 'an operator within an operand',
    text: 'FROM a\nRUN ${x:- <<E}\na\nE}\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', '${x:- <<E}', '<<E}\na\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'an escaped delimiter still expands',
    text: 'FROM a\nRUN <<\\EOF\nx $y\nEOF\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', '<<\\EOF', '<<EOF\nx $y\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'the backslash escapes delimiters whatever the directive',
    text: '# escape=`\nFROM a\nRUN <<\\EOF\nx\nEOF\nRUN z',
    instructions: [
      ['2 FROM', 'a'],
      ['3-5 RUN', '<<\\EOF', '<<EOF\nx\n'],
      ['6 RUN', 'z'],
    ],
  },
  {
    title: 'no heredoc with an empty delimiter',
    text: 'FROM a\nRUN <<""\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', '<<""'],
      ['3 RUN', 'z'],
    ],
  },
  {
    title: 'flags in front of a heredoc',
    text: 'FROM a\nCOPY --from=x --link <<E /y\nq\nE\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 COPY --from=x --link', '<<E', '/y', '<<E\nq\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'no heredoc in JSON form',
    text: 'FROM a\nCOPY ["<<E", "x"]\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2 COPY json', '<<E', 'x'],
      ['3 RUN', 'z'],
    ],
  },
  {
    title: 'no heredoc in LABEL',
    text: 'FROM a\nLABEL x=<<E\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2 LABEL', 'x', '<<E'],
      ['3 RUN', 'z'],
    ],
  },
  {
    title: 'file names as delimiters',
    text: 'FROM a\nADD <<a.txt <<b.txt /d/\n1\na.txt\n2\nb.txt\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2-6 ADD', '<<a.txt', '<<b.txt', '/d/', '<<a.txt\n1\n', '<<b.txt\n2\n'],
    ],
  },
  {
    title: 'a heredoc in CRLF',
    text: 'FROM a\nRUN <<E\r\nx\r\nE\r\nRUN z\r\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', '<<E', '<<E\nx\r\n'],
      ['5 RUN', 'z'],
    ],
  },
  {
    title: 'an empty heredoc',
    text: 'FROM a\nRUN <<E\nE\nRUN z',
    instructions: [
      ['1 FROM', 'a'],
      ['2-3 RUN', '<<E', '<<E\n'],
      ['4 RUN', 'z'],
    ],
  },
  {
    title: 'a heredoc and its destination on the next line',
    text: 'FROM a\nCOPY <<EOF \\\n/dst\nx\nEOF\nRUN y',
    instructions: [
      ['1 FROM', 'a'],
      ['2-5 COPY', '<<EOF', '/dst', '<<EOF\nx\n'],
      ['6 RUN', 'y'],
    ],
  },
  {
    title: 'comments between continued lines',
    text: 'FROM a\nRUN a \\\n# c1\n  # c2\n b\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2-5 RUN', 'a  b'],
    ],
  },
  {
    title: 'a comment last',
    text: 'FROM a\nRUN a \\\n b \\\n# c',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', 'a  b'],
    ],
  },
  {
    title: 'a comment that ends in the escape character',
    text: 'FROM a\nRUN a \\\n#b\\\n c\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', 'a  c'],
    ],
  },
  {
    title: 'blank lines between continued lines',
    text: 'FROM a\nRUN a \\\n\n \t\n b\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2-5 RUN', 'a  b'],
    ],
  },
  {
    title: 'a continuation at the end of the file',
    text: 'FROM a\nRUN a \\',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', 'a'],
    ],
  },
  {
    title: 'a continuation and blank lines to the end',
    text: 'FROM a\nRUN a \\\n\n\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 RUN', 'a'],
    ],
  },
  {
    title: 'blanks behind the escape character',
    text: 'FROM a\nRUN a \\ \t \n b',
    instructions: [
      ['1 FROM', 'a'],
      ['2-3 RUN', 'a  b'],
    ],
  },
  {
    title: 'two escape characters do not continue',
    text: 'FROM a\nRUN a\\\\\nRUN b',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', 'a\\\\'],
      ['3 RUN', 'b'],
    ],
  },
  {
    title: 'nor do three',
    text: 'FROM a\nRUN a\\\\\\\nRUN b',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', 'a\\\\\\'],
      ['3 RUN', 'b'],
    ],
  },
  {
    title: 'a word cut by a continuation',
    text: 'FROM a\nRUN apt-\\\nget',
    instructions: [
      ['1 FROM', 'a'],
      ['2-3 RUN', 'apt-get'],
    ],
  },
  {
    title: 'a keyword cut by a continuation',
    text: 'FROM a\nRU\\\nN x',
    instructions: [
      ['1 FROM', 'a'],
      ['2-3 RUN', 'x'],
    ],
  },
  {
    title: 'a lone escape character above the keyword',
    text: '\\\nFROM a\n\\\n\n  RUN b',
    instructions: [
      ['1-2 FROM', 'a'],
      ['3-5 RUN', 'b'],
    ],
  },
  {
    title: 'triggers',
    text: 'FROM a\nONBUILD COPY a b\nONBUILD ONBUILD RUN x\nONBUILD FROM y\nONBUILD',
    instructions: [
      ['1 FROM', 'a'],
      ['2 ONBUILD > COPY', 'a', 'b'],
      ['3 ONBUILD > ONBUILD > RUN', 'x'],
      ['4 ONBUILD > FROM', 'y'],
      ['5 ONBUILD'],
    ],
  },
  {
    title: 'a trigger with flags and JSON',
    text: 'FROM a\nonbuild copy --from=x ["a", "b c"]\nONBUILD HEALTHCHECK --retries=3 CMD ["a"]',
    instructions: [
      ['1 FROM', 'a'],
      ['2 ONBUILD > COPY --from=x json', 'a', 'b c'],
      ['3 ONBUILD > HEALTHCHECK --retries=3 json', 'CMD', 'a'],
    ],
  },
  {
    title: 'a flag of ONBUILD itself',
    text: 'FROM a\nONBUILD --x RUN --y z',
    instructions: [
      ['1 FROM', 'a'],
      ['2 ONBUILD --x > RUN --y', 'z'],
    ],
  },
  {
    title: 'flags of COPY',
    text: 'FROM a\nCOPY --from=x --link --chmod=755 --parents --exclude=*.md a b',
    instructions: [
      ['1 FROM', 'a'],
      ['2 COPY --from=x --link --chmod=755 --parents --exclude=*.md', 'a', 'b'],
    ],
  },
  {
    title: 'flags of ADD',
    text: 'FROM a\nADD --checksum=sha256:x --keep-git-dir=true --unpack a b',
    instructions: [
      ['1 FROM', 'a'],
      ['2 ADD --checksum=sha256:x --keep-git-dir=true --unpack', 'a', 'b'],
    ],
  },
  {
    title: 'flags over continued lines',
    text: 'FROM a\nRUN --mount=type=cache,target=/x,ro --mount=type=secret,id=y \\\n# c\n --network=none \\\n --security=insecure make',
    instructions: [
      ['1 FROM', 'a'],
      [
        '2-5 RUN --mount=type=cache,target=/x,ro --mount=type=secret,id=y --network=none --security=insecure',
        'make',
      ],
    ],
  },
  {
    title: 'quotes in flags',
    text: 'FROM a\nRUN --a="x y" --b=\'c d\'  e\nRUN --"c d"=f\\ g h',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN --a=x y --b=c d', 'e'],
      ['3 RUN --c d=f g', 'h'],
    ],
  },
  {
    title: 'a double dash ends the flags',
    text: 'FROM a\nRUN -- --x y\nRUN --a -- --b\nRUN --',
    instructions: [['1 FROM', 'a'], ['2 RUN', '--x y'], ['3 RUN --a', '--b'], ['4 RUN']],
  },
  {
    title: 'flags and nothing else',
    text: 'FROM a\nRUN --a --b',
    instructions: [['1 FROM', 'a'], ['2 RUN --a --b']],
  },
  {
    title: 'flags behind arguments are none',
    text: 'FROM a\nCOPY a --from=b c',
    instructions: [
      ['1 FROM', 'a'],
      ['2 COPY', 'a', '--from=b', 'c'],
    ],
  },
  {
    title: 'a flag in front of JSON',
    text: 'FROM a\nCMD --flag ["x"]',
    instructions: [
      ['1 FROM', 'a'],
      ['2 CMD --flag json', 'x'],
    ],
  },
  {
    title: 'health checks',
    text: 'FROM a\nHEALTHCHECK NONE\nHEALTHCHECK --interval=5s CMD ["a","b"]\nHEALTHCHECK CMD curl x\nHEALTHCHECK\nHEALTHCHECK  cmd   x  y',
    instructions: [
      ['1 FROM', 'a'],
      ['2 HEALTHCHECK', 'NONE'],
      ['3 HEALTHCHECK --interval=5s json', 'CMD', 'a', 'b'],
      ['4 HEALTHCHECK', 'CMD', 'curl x'],
      ['5 HEALTHCHECK'],
      ['6 HEALTHCHECK', 'cmd', 'x  y'],
    ],
  },
  {
    title: 'JSON forms',
    text: 'FROM a\nSHELL ["/bin/bash", "-c"]\nCMD [ "a b" , "\\u0041" ]\nENTRYPOINT []\nRUN [ ]\nVOLUME ["/x", "/y"]\nADD ["a b", "c"]',
    instructions: [
      ['1 FROM', 'a'],
      ['2 SHELL json', '/bin/bash', '-c'],
      ['3 CMD json', 'a b', 'A'],
      ['4 ENTRYPOINT json'],
      ['5 RUN json'],
      ['6 VOLUME json', '/x', '/y'],
      ['7 ADD json', 'a b', 'c'],
    ],
  },
  {
    title: 'text that is no JSON form',
    text: 'FROM a\nRUN ["a"] && c\nCMD ["a",]\nCMD [\'a\']\nCMD ["a" "b"]\nCMD ["\\x"]\nRUN [ -f x ]\nUSER ["a"]',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', '["a"] && c'],
      ['3 CMD', '["a",]'],
      ['4 CMD', "['a']"],
      ['5 CMD', '["a" "b"]'],
      ['6 CMD', '["\\x"]'],
      ['7 RUN', '[ -f x ]'],
      ['8 USER', '["a"]'],
    ],
  },
  {
    title: 'JSON cut by continuations',
    text: 'FROM a\nCMD ["a", \\\n  # c\n  "b  c"]\nCMD ["a\\\nb"]',
    instructions: [
      ['1 FROM', 'a'],
      ['2-4 CMD json', 'a', 'b  c'],
      ['5-6 CMD json', 'ab'],
    ],
  },
  {
    title: 'JSON with backticks as escape character',
    text: '# escape=`\nFROM a\nCMD ["a", `\n "C:\\\\b"]',
    instructions: [
      ['2 FROM', 'a'],
      ['3-4 CMD json', 'a', 'C:\\b'],
    ],
  },
  {
    title: 'JSON escapes',
    text: 'FROM a\nCMD ["\\ud800","\\ud83d\\ude00","\\udc00x","\\/","\\b\\f\\n\\r\\t\\"\\\\"]',
    instructions: [
      ['1 FROM', 'a'],
      ['2 CMD json', '\ufffd', '😀', '\ufffdx', '/', '\b\f\n\r\t"\\'],
    ],
  },
  {
    title: 'a tab in a JSON string',
    text: 'FROM a\nCMD ["a\tb"]',
    instructions: [
      ['1 FROM', 'a'],
      ['2 CMD', '["a\tb"]'],
    ],
  },
  {
    title: 'arguments above the first stage',
    text: 'ARG v=1\nFROM a:$v',
    instructions: [
      ['1 ARG', 'v=1'],
      ['2 FROM', 'a:$v'],
    ],
  },
  {
    title: 'arguments',
    text: 'FROM a\nARG a b=c d="e f" g=\nARG',
    instructions: [['1 FROM', 'a'], ['2 ARG', 'a', 'b=c', 'd="e f"', 'g='], ['3 ARG']],
  },
  {
    title: 'pairs',
    text: 'FROM a\nENV a=b c=d\nENV a="b c" d=e\\ f\nLABEL a.b="c" "d e"=f\nENV a=\nENV =b\nENV a=\'b=c\' d="e\\"f"',
    instructions: [
      ['1 FROM', 'a'],
      ['2 ENV', 'a', 'b', 'c', 'd'],
      ['3 ENV', 'a', '"b c"', 'd', 'e\\ f'],
      ['4 LABEL', 'a.b', '"c"', '"d e"', 'f'],
      ['5 ENV', 'a', ''],
      ['6 ENV', '', 'b'],
      ['7 ENV', 'a', "'b=c'", 'd', '"e\\"f"'],
    ],
  },
  {
    title: 'pairs in the old form',
    text: "FROM a\nENV a b c\nENV a   b  \nLABEL k it's\nENV 'a b' c",
    instructions: [
      ['1 FROM', 'a'],
      ['2 ENV', 'a', 'b c'],
      ['3 ENV', 'a', 'b'],
      ['4 LABEL', 'k', "it's"],
      ['5 ENV', "'a", "b' c"],
    ],
  },
  {
    title: 'a quote that takes in the equals sign',
    text: 'FROM a\nENV "a=b c"=d',
    instructions: [
      ['1 FROM', 'a'],
      ['2 ENV', '"a', 'b c"=d'],
    ],
  },
  {
    title: 'a quote that is never closed',
    text: 'FROM a\nENV a="x y\nARG b=\'c d',
    instructions: [
      ['1 FROM', 'a'],
      ['2 ENV', 'a', '"x y'],
      ['3 ARG', "b='c d"],
    ],
  },
  {
    title: 'pairs cut by continuations',
    text: 'FROM a\nENV a=b\\\n  c=d \\\n\n  e="f\\\n g"',
    instructions: [
      ['1 FROM', 'a'],
      ['2-6 ENV', 'a', 'b', 'c', 'd', 'e', '"f g"'],
    ],
  },
  {
    title: 'paths split at blanks in spite of quotes',
    text: 'FROM a\nCOPY "a b" c\nEXPOSE 80  443/tcp\t53/udp\nVOLUME /a "/b c"',
    instructions: [
      ['1 FROM', 'a'],
      ['2 COPY', '"a', 'b"', 'c'],
      ['3 EXPOSE', '80', '443/tcp', '53/udp'],
      ['4 VOLUME', '/a', '"/b', 'c"'],
    ],
  },
  {
    title: 'strings that are one word',
    text: 'FROM a\nWORKDIR "a b" c\nUSER  x y \nSTOPSIGNAL  9 \nMAINTAINER A "b',
    instructions: [
      ['1 FROM', 'a'],
      ['2 WORKDIR', '"a b" c'],
      ['3 USER', 'x y'],
      ['4 STOPSIGNAL', '9'],
      ['5 MAINTAINER', 'A "b'],
    ],
  },
  {
    title: 'Windows paths',
    text: 'FROM a\nWORKDIR C:\\app\nWORKDIR C:\\\\app\nCOPY a C:\\b\\\\\nRUN x',
    instructions: [
      ['1 FROM', 'a'],
      ['2 WORKDIR', 'C:\\app'],
      ['3 WORKDIR', 'C:\\\\app'],
      ['4 COPY', 'a', 'C:\\b\\\\'],
      ['5 RUN', 'x'],
    ],
  },
  {
    title: 'Windows paths with backticks as escape character',
    text: '# escape=`\nFROM a\nWORKDIR C:\\app\nCOPY a C:\\b\\\nRUN x `\n y',
    instructions: [
      ['2 FROM', 'a'],
      ['3 WORKDIR', 'C:\\app'],
      ['4 COPY', 'a', 'C:\\b\\'],
      ['5-6 RUN', 'x  y'],
    ],
  },
  {
    title: 'lower case, unknown and bare keywords',
    text: 'from a\nrun b\nfoo c d\nRUN\nENV',
    instructions: [['1 FROM', 'a'], ['2 RUN', 'b'], ['3 FOO', ''], ['4 RUN'], ['5 ENV']],
  },
  {
    title: 'a NUL and an emoji',
    text: 'FROM a\nRUN a\u0000b --\u0000\nRUN --x=\u0000y 😀 $x\nRUN --x="a"\u0000y b\n',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN', 'a\u0000b --\u0000'],
      ['3 RUN --x=\u0000y', '😀 $x'],
      ['4 RUN --x=a\u0000y', 'b'],
    ],
  },
  {
    title: 'no-break spaces',
    text: '\u00a0FROM a\n\u00a0RUN\u00a0b c\nCMD x\u00a0',
    instructions: [
      ['1 FROM', 'a'],
      ['2 RUN\u00a0B', ''],
      ['3 CMD', 'x'],
    ],
  },
  {
    title: 'a no-break space before and in a comment',
    text: 'FROM a\nRUN a \\\n\u00a0# c\n\u00a0\n b',
    instructions: [
      ['1 FROM', 'a'],
      ['2-5 RUN', 'a  b'],
    ],
  },
  {
    title: 'an image reference',
    text: 'FROM --platform=$P reg:5000/a/b:1.2@sha256:abc AS x',
    instructions: [['1 FROM --platform=$P', 'reg:5000/a/b:1.2@sha256:abc', 'AS', 'x']],
  },
];

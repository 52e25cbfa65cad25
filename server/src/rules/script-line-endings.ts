import { mayChangeLineEnds } from '../core/analysis/runtime/changed-files';
import { startedFiles } from '../core/analysis/runtime/started-files';
import { hasUnixLines } from '../core/analysis/context/git-files';
import { brokenStart } from '../core/families/broken-start';
import { runOnScript } from '../core/fixes/repair-script';
import { defineRule } from '../core/lint/rule';
import { baseName } from '../core/text/paths';

/**
 * Git and editors on Windows end lines with CRLF. Linux takes the extra character for part of the interpreter's name, so
 * a script does not start: "no such file or directory". A shell that reads such a script takes the character for part of
 * each command.
 *
 * ```dockerfile bad files="bin/run.sh setup.sh app.py" texts="bin/run.sh: #!/bin/sh\r\nexec app\r\n | setup.sh: set -e\r\nmake\r\n | app.py: #!/usr/bin/env python3\r\n"
 * FROM python:3.13
 * COPY setup.sh /tmp/
 * COPY bin/run.sh /usr/local/bin/
 * COPY app.py /srv/app.py
 * RUN chmod +x /srv/*.py /usr/local/bin/* && sh «/tmp/setup.sh» && «/srv/app.py» --check
 * CMD ["«run.sh»"]
 * ```
 * > setup.sh has CRLF line ends, which sh takes for part of each command, so this step fails
 * > app.py has CRLF line ends, which hide its interpreter, so this step fails
 * > run.sh has CRLF line ends, which hide its interpreter, so the container does not start
 * ```dockerfile fixed
 * FROM python:3.13
 * COPY setup.sh /tmp/
 * RUN sed -i 's/\r$//' /tmp/setup.sh
 * COPY bin/run.sh /usr/local/bin/
 * RUN sed -i 's/\r$//' /usr/local/bin/run.sh
 * COPY app.py /srv/app.py
 * RUN sed -i 's/\r$//' /srv/app.py
 * RUN chmod +x /srv/*.py /usr/local/bin/* && sh /tmp/setup.sh && /srv/app.py --check
 * CMD ["run.sh"]
 * ```
 * Convert the file in the repository too, and put `*.sh text eol=lf` into `.gitattributes`, so that every checkout has it
 * with LF. The rule accepts files for which git does that, and those that a step converts:
 * ```dockerfile good files="a.sh b.sh c.sh d.sh e.sh" texts="a.sh: #!/bin/sh\r\n | b.sh: #!/bin/sh\r\n | c.sh: #!/bin/sh\nexec app\n | d.sh: exec app\r\n" gitattributes="# text,*.txt text,*.sh text eol=lf,b.sh -text"
 * FROM debian:12
 * COPY *.sh /srv/
 * RUN /srv/a.sh && sh -x "$FILE" && sh && /srv/c.sh && /srv/d.sh && /srv/e.sh
 * RUN sed -i 's/\r//' /srv/b.sh
 * RUN /srv/b.sh
 * ```
 * ```dockerfile good files="a.sh b.sh" texts="a.sh: #!/bin/sh\r\n | b.sh: #!/bin/sh\r\n"
 * FROM debian:12
 * COPY *.sh /srv/
 * RUN dos2unix /srv/*.sh && /srv/a.sh
 * CMD ["/srv/b.sh"]
 * ```
 * An entry point may start the command, and a user other than root cannot change the copied file:
 * ```dockerfile bad files="start.sh run.sh" texts="start.sh: #!/bin/sh\r\nexec $@\n | run.sh: #!/bin/sh\r\n"
 * FROM debian:12
 * USER 1000
 * COPY . /srv
 * ENTRYPOINT ["«/srv/start.sh»"]
 * CMD ["«/srv/run.sh»"]
 * ```
 * > start.sh has CRLF line ends, which hide its interpreter, so the container does not start
 * > run.sh has CRLF line ends, which hide its interpreter, so the container does not start
 * In a stage that no other needs, only a build with `--target` gets there:
 * ```dockerfile bad files="run.sh" texts="run.sh: #!/bin/sh\r\n" severity="warning"
 * FROM scratch AS tool
 * COPY run.sh /
 * CMD ["«/run.sh»"]
 * FROM debian:12
 * ```
 * > run.sh has CRLF line ends, which hide its interpreter, so the container does not start
 *
 * @skip backtick the fix holds a backslash
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'script-line-endings',
  summary: 'A copied script has Windows line ends, so it does not start',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['command-missing'],

  *check({ model, facts }) {
    for (const started of startedFiles(model, facts)) {
      const { place, reader, file, context } = started;
      if (!(reader === undefined ? /^#![^\n]*\r\n/ : /^[^\n]*\r\n/).test(file.text)) continue;
      if (hasUnixLines(context, place) || mayChangeLineEnds(model, started)) continue;
      const name = baseName(place);
      const effect =
        reader === undefined ? 'hide its interpreter' : `${reader} takes for part of each command`;
      yield brokenStart(
        started,
        `${name} has CRLF line ends, which ${effect}`,
        runOnScript(model, started, `Remove the CR characters from ${name}`, "sed -i 's/\\r$//'"),
      );
    }
  },
});

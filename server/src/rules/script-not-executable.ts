import { mayChangeMode } from '../core/analysis/runtime/changed-files';
import { startedFiles } from '../core/analysis/runtime/started-files';
import type { StartedFile } from '../core/analysis/runtime/started-files';
import { brokenStart } from '../core/families/broken-start';
import { runOnScript } from '../core/fixes/repair-script';
import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import { baseName } from '../core/text/paths';

/**
 * COPY keeps the mode of a file. A file without an execute bit does not start: "permission denied". The rule looks at the
 * files of the build context on this machine; file systems of Windows have no such bit.
 *
 * ```dockerfile bad files="run.sh bin/setup.sh bin/tool.conf tool.sh" executable="tool.sh"
 * FROM debian:12
 * WORKDIR /app
 * COPY bin bin
 * RUN «./bin/setup.sh» --quiet
 * COPY run.sh tool.sh ./
 * RUN ./tool.sh
 * ENTRYPOINT ["«./run.sh»"]
 * ```
 * > setup.sh has no execute bit, so this step fails
 * > run.sh has no execute bit, so the container does not start
 * ```dockerfile fixed
 * FROM debian:12
 * WORKDIR /app
 * COPY bin bin
 * RUN chmod +x /app/bin/setup.sh
 * RUN ./bin/setup.sh --quiet
 * COPY --chmod=755 run.sh tool.sh ./
 * RUN ./tool.sh
 * ENTRYPOINT ["./run.sh"]
 * ```
 * A mode that COPY sets counts, whatever the file has. Old frontends do not know the flag:
 * ```dockerfile bad files="a.sh b.sh" executable="a.sh"
 * # syntax=docker/dockerfile:1.0
 * FROM debian:12
 * COPY --chmod=0644 a.sh /usr/local/bin/
 * RUN «a.sh» && ls /srv
 * COPY b.sh /b.sh
 * RUN cat /b.sh && «/b.sh»
 * ```
 * > a.sh has no execute bit, so this step fails
 * > b.sh has no execute bit, so this step fails
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1.0
 * FROM debian:12
 * COPY --chmod=755 a.sh /usr/local/bin/
 * RUN a.sh && ls /srv
 * COPY b.sh /b.sh
 * RUN chmod +x /b.sh
 * RUN cat /b.sh && /b.sh
 * ```
 * It is fine to give the file to a shell, and to set the bit before the start:
 * ```dockerfile good files="a.sh b.sh c.sh d.sh e.sh f.py g.sh h.sh" executable="" mentions="chmod h.sh"
 * FROM debian:12
 * COPY . /srv
 * WORKDIR /srv
 * RUN sh a.sh && . ./a.sh
 * RUN ./h.sh
 * RUN chmod +x b.sh && ./b.sh
 * RUN chmod -R u+x /srv
 * CMD ["./c.sh"]
 * ```
 *
 * @skip onbuild the build context is that of the later build
 */
export default defineRule({
  id: 'script-not-executable',
  summary: 'A copied file without an execute bit is started',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['permission-denied'],

  *check({ model, facts }) {
    for (const started of startedFiles(model, facts)) {
      const { place, reader, context } = started;
      if (reader !== undefined || mayStart(model, started) || mayChangeMode(model, started)) continue;
      // A script around may set the bit before the build.
      if (context.mentions?.('chmod') === true && context.mentions(baseName(place))) continue;
      yield brokenStart(started, `${baseName(place)} has no execute bit`, fixOf(model, started));
    }
  },
});

/** Whether a file has an execute bit when it is copied, or may have one. */
function mayStart(model: Model, { copy, file }: StartedFile): boolean {
  if (!copy.chmod) return file.executable !== false;
  const mode = model.expand(copy.chmod, copy.instruction);
  return mode === undefined || !/^[0-7]*[0246]{3}$/.test(mode);
}

function fixOf(model: Model, started: StartedFile): Fix | undefined {
  const { copy, source, place } = started;
  const { instruction, chmod, sources } = copy;
  const title = `Make ${baseName(place)} executable`;
  if (chmod) return { title, edits: [replace(chmod.span, '755')] };
  const isAlone = sources.every((one) => one === source || /\.sh$/.test(one.value));
  if (!isAlone || source.path !== place || isOldFrontend(model))
    return runOnScript(model, started, title, 'chmod +x');
  const { end } = instruction.keywordSpan;
  return { title, edits: [{ start: end, end, text: ' --chmod=755' }] };
}

/** Whether the file asks for a frontend that does not know the flag. */
function isOldFrontend({ file }: Model): boolean {
  return file.directives.some(({ name, value }) => name === 'syntax' && /:1\.[01](?:\D|$)/.test(value));
}

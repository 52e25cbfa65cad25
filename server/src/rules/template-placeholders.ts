import { fileKind } from '../core/analysis/text/file-kind';
import { defineRule } from '../core/lint/rule';

/**
 * A template of another language (Jinja, ERB, Go, Mustache, CMake) is not a Dockerfile yet: what stands in the place of a
 * placeholder is not known. Drydock says so once and leaves the rest to the Dockerfile that the template makes.
 *
 * ```dockerfile bad
 * FROM «{{ base_image }}»
 * {% if debug %}
 * RUN sudo make debug
 * {% endif %}
 * ```
 * > {{ base_image }} is a placeholder of a template, so only the Dockerfile made from it can be checked
 * A name such as Dockerfile.j2 makes any placeholder count:
 * ```dockerfile bad name="Dockerfile.j2"
 * FROM debian:12
 * RUN apt-get install «{{packages}}»
 * ```
 * > {{packages}} is a placeholder of a template, so only the Dockerfile made from it can be checked
 * No program has the name of a placeholder:
 * ```dockerfile bad
 * FROM debian:12
 * ENTRYPOINT ["«{{ start }}»"]
 * ```
 * > {{ start }} is a placeholder of a template, so only the Dockerfile made from it can be checked
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y «%%PACKAGES%%»
 * ```
 * > %%PACKAGES%% is a placeholder of a template, so only the Dockerfile made from it can be checked
 * Without such a name, braces in a command or in a heredoc are just text:
 * ```dockerfile good
 * FROM debian:12
 * RUN ["docker", "inspect", "--format", "{{ .State.Status }}", "app"]
 * RUN docker inspect --format '{{.State.Status}}' app && curl -w '%{http_code}' https://example.com
 * RUN <<EOF
 * {% if debug %}
 * EOF
 * ```
 *
 * @skip onbuild the words behind ONBUILD would be found in its place
 * @skip lower-case a placeholder is not a keyword
 */
export default defineRule({
  id: 'template-placeholders',
  summary: 'The file is a template, not a Dockerfile yet',
  category: 'syntax',
  severity: 'hint',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  readsAnyFile: true,

  *check({ model, facts }) {
    const kind = fileKind(model, facts.path);
    if (kind.kind !== 'template') return;
    const written = model.document.slice(kind.at);
    yield {
      at: kind.at,
      message: `${written} is a placeholder of a template, so only the Dockerfile made from it can be checked`,
    };
  },
});

import { isReference } from '../core/analysis/images/invalid-reference';
import { fileKind } from '../core/analysis/text/file-kind';
import { isKeyword } from '../core/knowledge/syntax/instructions';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';

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
 * The profile `buildkit` says what a build of the template itself would:
 * ```dockerfile bad options="profile: buildkit" severity="error"
 * FROM alpine:«{{ .Version }}»
 * ```
 * > {{ .Version }} is a placeholder of a template, so the builder refuses the file until it is filled in
 * ```dockerfile bad options="profile: buildkit" severity="error"
 * FROM example/«%%MACHINE%%»-node
 * ```
 * > %%MACHINE%% is a placeholder of a template, so the builder refuses the file until it is filled in
 * ```dockerfile bad options="profile: buildkit" severity="error"
 * FROM debian:12
 * «{{- if .Debug }}»
 * ```
 * > {{- if .Debug }} is a placeholder of a template, so the builder refuses the file until it is filled in
 * It takes this one for a tag:
 * ```dockerfile good options="profile: buildkit"
 * FROM alpine:__TAG__
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
  refused: true,
  readsAnyFile: true,

  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    const kind = fileKind(model, facts.path);
    if (kind.kind !== 'template') return;
    const isError = profile === 'buildkit' && isRefused(model);
    const effect = isError
      ? 'the builder refuses the file until it is filled in'
      : 'only the Dockerfile made from it can be checked';
    yield {
      at: kind.at,
      message: `${model.document.slice(kind.at)} is a placeholder of a template, so ${effect}`,
      severity: isError ? 'error' : undefined,
    };
  },
});

/** Whether a placeholder leaves a line without a keyword, or a FROM without an image. */
function isRefused({ file }: Model): boolean {
  return file.instructions.some(
    ({ keyword, words: [image, ...more] }) =>
      !isKeyword(keyword) ||
      (keyword === 'FROM' &&
        image &&
        (more.length % 2 !== 0 || (image.variables.length === 0 && !isReference(image.value)))),
  );
}

import { defineRule } from '../core/lint/rule';
import { unsetReferences } from '../core/analysis/shellcheck/plain-references';
import { standInOptions, unreadScripts } from '../core/families/stand-ins';
import { predefinedVariables } from '../core/knowledge/syntax/predefined-variables';

/**
 * A shell puts nothing in the place of a variable that nobody has set. That is often a typing error, an `ARG` of another
 * stage, or, in `CMD` and `ENTRYPOINT`, an `ARG`, which is gone when the container starts.
 *
 * Where [ShellCheck](../shellcheck.md) is installed, it takes the place of this rule, finds more, and reports it under its
 * own numbers.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ARG version=1.0
 * RUN curl -fsSLO https://example.com/app-«${verison}».tgz
 * CMD /srv/app --version "«$version»"
 * ```
 * > Nothing sets verison, so the shell puts nothing here
 * > Nothing sets version when the container starts, so the shell puts nothing here
 * Names in capitals often come from the environment, and a base image may set variables too:
 * ```dockerfile good
 * FROM debian:12
 * ARG version=1.0
 * ENV name=app
 * RUN echo "$version $name $HOME $ANYTHING ${other:-none} $http_proxy" '$no' && x=1 && echo "$x"
 * RUN for i in a b; do echo "$i"; done && read -r line && echo "$line"
 * RUN . /etc/os-release && echo "$id"
 * CMD echo "$name"
 * FROM registry.example.com/base:1
 * RUN echo "$anything"
 * ```
 *
 * In the profile `hadolint`, only `RUN` counts.
 * ```dockerfile good options="profile: hadolint"
 * FROM debian:12
 * CMD echo "$nothing"
 * ```
 */
export default defineRule({
  id: 'shell-variable-unset',
  summary: 'A shell script uses a variable that nothing sets',
  category: 'shell',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['shellcheck:SC2154', 'hadolint:SC2154'],
  options: standInOptions,

  *check(context) {
    const { model } = context;
    for (const { script } of unreadScripts(context)) {
      const { instruction } = script;
      const isRun = instruction.keyword === 'RUN';
      const { env, variables } = model.environmentAt(instruction);
      for (const { name, span } of unsetReferences(model, script)) {
        if (!/[a-z]/.test(name) || (isRun ? variables : env).has(name)) continue;
        if (
          predefinedVariables.has(name) ||
          (!variables.has(name) && model.isDeclared(name, instruction) !== false)
        )
          continue;
        const when = variables.has(name) ? ' when the container starts' : '';
        yield { at: span, message: `Nothing sets ${name}${when}, so the shell puts nothing here` };
      }
    }
  },
});

import { fileKind } from '../core/analysis/text/file-kind';
import { otherFormats } from '../core/knowledge/syntax/other-formats';
import { defineRule } from '../core/lint/rule';
import type { Finding, Model } from '../core/lint/rule';

/**
 * The builder stops at the first line of a file that is something else: JSON, YAML, a script, a file in UTF-16. One
 * error says so, instead of one on every line.
 *
 * ```dockerfile bad
 * «module» example.com/app
 *
 * go 1.24
 * require example.com/library v1.2.3
 * ```
 * > This file is a go.mod file, not a Dockerfile, so the build stops at its first line
 * ```dockerfile bad
 * «{»
 *   "name": "app"
 * }
 * ```
 * > This file is JSON, not a Dockerfile, so the build stops at its first line
 * ```dockerfile bad
 * #!/bin/sh
 * «set» -e
 * make
 * ```
 * > This file is a script, not a Dockerfile, so the build stops at its first line
 * ```dockerfile bad
 * «package» main
 *
 * func main() {}
 * ```
 * > This file is a Go program, not a Dockerfile, so the build stops at its first line
 * ```dockerfile bad
 * «editor.define("snippets/dockerfile",["exports"],function(e){e.scope="dockerfile"})»
 * ```
 * > This file is a program, not a Dockerfile, so the build stops at its first line
 * ```dockerfile bad
 * «import» os
 * print(os.name)
 * ```
 * > This file is a Python program, not a Dockerfile, so the build stops at its first line
 * ```dockerfile bad
 * # The image
 *
 * «Build» it with `make image`.
 *
 * ## Settings
 * ```
 * > This file is Markdown, not a Dockerfile, so the build stops at its first line
 * ```dockerfile bad
 * «[build-system]»
 * requires = ["hatchling"]
 * ```
 * > This file is TOML or an INI file, not a Dockerfile, so the build stops at its first line
 * Notes stay notes, also where a sentence begins with the name of an instruction:
 * ```dockerfile bad
 * «Run» this to get started:
 *
 * docker build -t app .
 * docker run -p 80:80 app
 *
 * Then open the page in a browser.
 * ```
 * > This file is another kind of text, not a Dockerfile, so the build stops at its first line
 * A Dockerfile with a mistake stays one:
 * ```dockerfile good
 * FORM debian:12
 * RUN make
 * ```
 * A name that says what the file is needs no error: some tools keep their settings in a `dockerfile.yml`.
 * ```dockerfile good name="config/dockerfile.yml"
 * ---
 * options:
 *   cache: true
 *   label: none
 * ```
 * Windows PowerShell writes UTF-16 with `>`. Save such a file as UTF-8; the builder reads nothing else.
 *
 * @skip onbuild the first word would be a keyword
 * @skip lower-case an instruction in small letters is more than a word of a sentence
 * @skip backtick a directive would stand above the first line
 */
export default defineRule({
  id: 'file-not-a-dockerfile',
  summary: 'The file is not a Dockerfile, or not saved as UTF-8',
  category: 'syntax',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL1000'],
  readsAnyFile: true,

  *check({ model, facts: { path } }) {
    const ending = /\.(\w+)$/.exec(path ?? '')?.[1];
    if (ending === undefined || !otherFormats.has(ending.toLowerCase())) yield* foreign(model, path);
  },

  *hadolint({ model, facts }) {
    yield* foreign(model, facts.path);
  },
});

function* foreign(model: Model, path: string | undefined): Generator<Finding> {
  const kind = fileKind(model, path);
  if (kind.kind === 'foreign') yield { at: kind.at, message: kind.problem };
}

// Commands of a language, and what its package manager installs them with.

/** Commands of a language: what its package manager installs them with. */
const languageRows = `
bower npm bower
grunt npm grunt-cli
gulp npm gulp-cli
ng npm @angular/cli
tsc npm typescript
ts-node npm ts-node
yarn npm yarn
pnpm npm pnpm
lerna npm lerna
vue-cli-service npm @vue/cli-service
webpack npm webpack-cli
node-gyp npm node-gyp
cross-env npm cross-env
rimraf npm rimraf
pm2 npm pm2
sass npm sass
pipenv pip pipenv
poetry pip poetry
virtualenv pip virtualenv
tox pip tox
bundle gem bundler
bundler gem bundler
rake gem rake
compass gem compass
fpm gem fpm
jekyll gem jekyll
foreman gem foreman
asciidoctor gem asciidoctor
nodemon npm nodemon
gatsby npm gatsby-cli
vue npm @vue/cli
create-react-app npm create-react-app
http-server npm http-server
serve npm serve
eslint npm eslint
mocha npm mocha
browserify npm browserify
uglifyjs npm uglify-js
lessc npm less
ember npm ember-cli
ionic npm @ionic/cli
cordova npm cordova
nest npm @nestjs/cli
flake8 pip flake8
pytest pip pytest
black pip black
mypy pip mypy
twine pip twine
mkdocs pip mkdocs
jupyter pip jupyter
gunicorn pip gunicorn
uwsgi pip uwsgi
scrapy pip scrapy
cookiecutter pip cookiecutter
pre-commit pip pre-commit
conan pip conan
coverage pip coverage
pip-compile pip pip-tools
pip-sync pip pip-tools
pyinstaller pip pyinstaller
django-admin pip django
youtube-dl pip youtube-dl
cython pip cython
`;

export interface LanguageTool {
  /** Name of the manager in its table. */
  readonly manager: string;
  readonly name: string;
}

const tools: ReadonlyMap<string, LanguageTool> = new Map(
  languageRows
    .trim()
    .split('\n')
    .map((row) => {
      const [command = '', manager = '', name = ''] = row.split(' ');
      return [command, { manager, name }] as const;
    }),
);

/** What the package manager of a language installs for a command; undefined if that is not known. */
export function languageToolOf(command: string): LanguageTool | undefined {
  return tools.get(command);
}

/** Programs that install packages of Python into an environment. */
export const pythonInstallers: readonly string[] = 'uv pip pip3 python python3 poetry pdm'.split(' ');

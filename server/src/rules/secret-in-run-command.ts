import { hasMountOf } from '../core/analysis/text/mount-options';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Command } from '../core/shell/types';
import { passedSecrets } from './secret-in-run-command.parts';
import { logins } from '../core/knowledge/programs/logins';

/**
 * A command that logs in keeps the secret in a file of the layer, or shows it in the history of the image. A step with a
 * secret mount can use the secret without a login; a login that a container needs belongs to its start.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN «aws configure set aws_secret_access_key» "$KEY" && «gcloud auth activate-service-account» --key-file=/key.json
 * RUN «az login» -u app -p "$PASSWORD" && «doctl auth init» -t $TOKEN
 * RUN «docker login» -u ci --password "$PASSWORD" registry.example.com && «helm registry login» -p x example.com
 * RUN «npm config set» //registry.npmjs.org/:_authToken=$NPM_TOKEN && «sshpass» -p "$PASSWORD" scp host:/file .
 * RUN «git config» --global url."https://${TOKEN}@github.com/".insteadOf https://github.com/
 * RUN «curl» -fsSL -u ci:q8Zr2mW9t https://example.com/app.tgz
 * RUN «skopeo login» -u ci -p "$PASSWORD" example.com && «az acr login» -n acme -u ci -p "$PASSWORD"
 * RUN «cargo login» "$TOKEN" && «twine upload» -u ci -p "$PASSWORD" dist/*
 * RUN «poetry config» http-basic.acme ci "$PASSWORD" && «composer config» -g github-oauth.github.com "$TOKEN"
 * RUN «bundle config» gems.example.com ci:q8Zr2mW9t
 * RUN «pip config set» global.index-url "https://ci:${PASSWORD}@pypi.example.com/simple"
 * RUN «dotnet nuget add source» https://example.com/v3 -n acme -u ci -p "$PASSWORD"
 * ```
 * > aws configure set aws_secret_access_key leaves its secret in the image or its history
 * > gcloud auth activate-service-account leaves its secret in the image or its history
 * > az login leaves its secret in the image or its history
 * > doctl auth init leaves its secret in the image or its history
 * > docker login leaves its secret in the image or its history
 * > helm registry login leaves its secret in the image or its history
 * > npm config set leaves its secret in the image or its history
 * > sshpass leaves its secret in the image or its history
 * > git config leaves its secret in the image or its history
 * > curl leaves its secret in the image or its history
 * > skopeo login leaves its secret in the image or its history
 * > az acr login leaves its secret in the image or its history
 * > cargo login leaves its secret in the image or its history
 * > twine upload leaves its secret in the image or its history
 * > poetry config leaves its secret in the image or its history
 * > composer config leaves its secret in the image or its history
 * > bundle config leaves its secret in the image or its history
 * > pip config set leaves its secret in the image or its history
 * > dotnet nuget add source leaves its secret in the image or its history
 * ```dockerfile bad
 * FROM debian:12
 * RUN «aws --profile ci configure set aws_secret_access_key» "$KEY" && «gcloud --quiet auth activate-service-account» --key-file=/key.json
 * RUN echo "$PASSWORD" | «docker login» -u ci --password-stdin && «helm repo add» acme https://example.com --password "$PASSWORD"
 * RUN «git config» --global http.extraHeader "Authorization: Bearer $T" && «git config» --global url."https://$T@github.com/".insteadOf https://github.com/
 * RUN «gh auth login» --with-token < /t && «gcloud auth login» --cred-file=/k && «yarn config set» npmAuthToken $T
 * ```
 * > aws configure set aws_secret_access_key leaves its secret in the image or its history
 * > gcloud auth activate-service-account leaves its secret in the image or its history
 * > docker login leaves its secret in the image or its history
 * > helm repo add leaves its secret in the image or its history
 * > git config leaves its secret in the image or its history
 * > git config leaves its secret in the image or its history
 * > gh auth login leaves its secret in the image or its history
 * > gcloud auth login leaves its secret in the image or its history
 * > yarn config set leaves its secret in the image or its history
 * ```dockerfile bad
 * FROM debian:12
 * RUN «oc login» --token="$OC_TOKEN" && «kubectl config set-credentials» ci --token="$TOKEN" && «subscription-manager register» --username a --password "$PW"
 * RUN «vault login» "$VAULT_TOKEN" && «ibmcloud login» --apikey "$KEY" && «snyk auth» "$SNYK" && «conan user» -p "$PW" ci && «nuget sources add» -Name a -Password "$PW"
 * ```
 * > oc login leaves its secret in the image or its history
 * > kubectl config set-credentials leaves its secret in the image or its history
 * > subscription-manager register leaves its secret in the image or its history
 * > vault login leaves its secret in the image or its history
 * > ibmcloud login leaves its secret in the image or its history
 * > snyk auth leaves its secret in the image or its history
 * > conan user leaves its secret in the image or its history
 * > nuget sources add leaves its secret in the image or its history
 * What a container runs is in the settings of the image, where everyone can read it:
 * ```dockerfile bad
 * FROM debian:12
 * HEALTHCHECK CMD «curl» -fsS -u admin:q8Zr2mW9t http://localhost:8080/health
 * CMD ["«curl»", "--user", "admin:q8Zr2mW9t", "https://example.com"]
 * ```
 * > curl leaves its secret in the image or its history
 * In a stage that does not reach the image it stays in the build cache:
 * ```dockerfile bad severity="warning"
 * FROM debian:12 AS build
 * RUN «docker login» -u ci -p "$PASSWORD" registry.example.com
 * FROM debian:12
 * ```
 * > docker login leaves its secret in the build cache
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN --mount=type=secret,id=key,env=KEY aws configure set aws_secret_access_key "$KEY"
 * RUN aws configure set region eu-central-1 && az login --identity && docker login registry.example.com && git config --global user.name x
 * RUN git config --global url."https://github.com/".insteadOf git@github.com: && curl -u "$USER" https://example.com && npm config set fund false
 * RUN cargo login --help && twine upload dist/* && poetry config virtualenvs.create false && bundle config path vendor
 * RUN composer config -g process-timeout 600 && dotnet nuget add source https://example.com/v3 -n acme
 * RUN curl -u user:password https://example.com
 * CMD aws configure set aws_secret_access_key "$KEY" && run
 * ```
 * The profile `strict` reports as a hint every command that gets a secret without a mount:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * ARG TOKEN
 * RUN git clone «https://$TOKEN@example.com/a.git» && echo "$TOKEN" && curl -H «"Authorization: Bearer ${TOKEN}"» https://example.com
 * RUN «PGPASSWORD=q8Zr2mW9t» psql -h db && export «API_TOKEN=q8Zr2mW9t» && «mysql -uroot -pq8Zr2mW9t» && wget «--password=q8Zr2mW9t» https://example.com
 * RUN echo «"$TOKEN"» > ~/.git-credentials
 * RUN PASSWORD=$(make-one) && login "$PASSWORD" && DB_PASSWORD=/run/a start
 * RUN --mount=type=secret,id=token,env=TOKEN curl -H "Authorization: Bearer ${TOKEN}" https://example.com
 * RUN mysql «"-p$MYSQL_PWD"» < dump.sql && curl -u «"ci:$AZURE_PAT"» https://example.com 2>&1
 * RUN svn co --username a --password «q8Zr2mW9t» https://example.com && wget «--http-password=q8Zr2mW9t» https://example.com && gpg --passphrase "" -d x
 * RUN «NPM_TOKEN="${TOKEN}"» npm ci && NPM_TOKEN=$(cat /x) npm ci
 * RUN make
 * ```
 * > TOKEN needs a secret mount: without one, the secret stays in the history of the image
 * > TOKEN needs a secret mount: without one, the secret stays in the history of the image
 * > PGPASSWORD needs a secret mount: without one, the secret stays in the history of the image
 * > API_TOKEN needs a secret mount: without one, the secret stays in the history of the image
 * > mysql needs a secret mount: without one, the secret stays in the history of the image
 * > wget needs a secret mount: without one, the secret stays in the history of the image
 * > TOKEN needs a secret mount: without one, the secret stays in the history of the image
 * > MYSQL_PWD needs a secret mount: without one, the secret stays in the history of the image
 * > AZURE_PAT needs a secret mount: without one, the secret stays in the history of the image
 * > svn needs a secret mount: without one, the secret stays in the history of the image
 * > wget needs a secret mount: without one, the secret stays in the history of the image
 * > NPM_TOKEN needs a secret mount: without one, the secret stays in the history of the image
 * So does a password that a step writes to a file which programs read it from:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN printf «"machine example.com login ci password q8Zr2mW9t\n"» > /root/.netrc && echo «_authToken=q8Zr2mW9t» >> ~/.npmrc
 * RUN echo «"machine example.com login ci password $PASSWORD"» | tee ~/.netrc && printf «'[pypi]\npassword=q8Zr2mW9t\n'» | tee -a ~/.pypirc
 * RUN echo «'{"auths":{"example.com":{"auth":"Y2k6cThacjJtVzl0"}}}'» > /root/.docker/config.json && tee ~/.my.cnf <<< «"password=q8Zr2mW9t"»
 * RUN echo "machine example.com login ci" > ~/.netrc && echo registry=https://example.com > ~/.npmrc && printf x | tee ~/.netrc
 * RUN cat <<EOF > /root/.netrc && make | tee log && echo "password=q8Zr2mW9t" > /tmp/a
 * machine example.com
 * «password q8Zr2mW9t»
 * EOF
 * RUN cat <<EOF > /root/.netrc
 * machine example.com
 * EOF
 * ```
 * > printf needs a secret mount: without one, the secret stays in the history of the image
 * > echo needs a secret mount: without one, the secret stays in the history of the image
 * > PASSWORD needs a secret mount: without one, the secret stays in the history of the image
 * > printf needs a secret mount: without one, the secret stays in the history of the image
 * > echo needs a secret mount: without one, the secret stays in the history of the image
 * > tee needs a secret mount: without one, the secret stays in the history of the image
 * > cat needs a secret mount: without one, the secret stays in the history of the image
 * A variable is a secret by its place, too:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * ARG GL
 * ARG NAME
 * ARG PASS
 * RUN wget -q «"--header=PRIVATE-TOKEN: $GL"» https://gitlab.example.com/a
 * RUN curl -fsSL -u «$NAME:$PASS» https://example.com/a -o /a
 * RUN pip install --no-cache-dir -i «https://$NAME:$PASS@pypi.example.com/simple» acme==1.0
 * RUN PASS=x && curl -fsSL -u $NAME:$PASS https://example.com/a -o /a
 * ```
 * > wget needs a secret mount: without one, the secret stays in the history of the image
 * > curl needs a secret mount: without one, the secret stays in the history of the image
 * > pip needs a secret mount: without one, the secret stays in the history of the image
 */
export default defineRule({
  id: 'secret-in-run-command',
  summary: 'A build step logs in with a secret',
  category: 'security',
  severity: 'error',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['trivy:DS-0031'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    const told = new Set<Command>();
    for (const command of model.commandsNamed(...logins.keys())) {
      const { instruction, program, name, args } = command;
      // What a container runs may get a variable of its start, but a password that is written out is in the image.
      if (hasMountOf(instruction, 'secret') || (instruction.keyword !== 'RUN' && !writtenOut.has(program)))
        continue;
      const login = loginOf(command);
      if (!login) continue;
      told.add(command);
      const { verb, from } = login;
      const reaches = model.reachesImage(instruction);
      const last = verb === '' ? undefined : args[from + verb.split(' ').length - 1];
      yield {
        at: { start: name.span.start, end: (last ?? name).span.end },
        message: `${program}${verb === '' ? '' : ` ${verb}`} leaves its secret in ${reaches ? 'the image or its history' : 'the build cache'}`,
        severity: reaches ? undefined : 'warning',
      };
    }
    if (profile !== 'strict') return;
    for (const { command, at, by } of passedSecrets(model, (run) => hasMountOf(run, 'secret')))
      if (!told.has(command))
        yield {
          at,
          message: `${by} needs a secret mount: without one, the secret stays in the history of the image`,
          severity: 'hint',
        };
  },
});

/** Programs of which the table knows only passwords that are written out. */
const writtenOut: ReadonlySet<string> = new Set(['curl']);

/** The words with which a command logs in, and where they begin: options may stand before them. */
function loginOf({ program, args }: Command): { readonly verb: string; readonly from: number } | undefined {
  const known = logins.get(program) ?? [];
  const texts = args.map(({ text }) => text);
  const all = ` ${texts.join(' ')}`;
  const first = texts.findIndex((text, at) => !text.startsWith('-') && !isOption(texts[at - 1]));
  // An option may have the word after it as its value, or not.
  for (const from of new Set([0, texts.findIndex((text) => !text.startsWith('-')), first])) {
    const words = texts.slice(Math.max(from, 0)).join(' ');
    const login = known.find(({ verb, secret }) => verb.test(words) && secret.test(all));
    if (login) return { verb: login.verb.exec(words)?.[0].trim() ?? '', from: Math.max(from, 0) };
  }
  return undefined;
}

function isOption(text: string | undefined): boolean {
  return text?.startsWith('-') === true && !text.includes('=');
}

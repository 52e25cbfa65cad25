// Options that take the next word as their value, so that the value is not read as an operand or as a cluster of
// options. Sources: the programs' manual pages. Package managers are in their own table.

export interface OptionSyntax {
  /** With their dashes. */
  readonly values: readonly string[];
  /** Words with one dash are one option, not a cluster: go, find, java. */
  readonly singleDash?: boolean;
}

function takes(values: string): OptionSyntax {
  return { values: values.split(' ') };
}

/** By base name of the program. */
export const optionSyntax: ReadonlyMap<string, OptionSyntax> = new Map<string, OptionSyntax>([
  [
    'curl',
    takes(
      '-o --output -H --header -d --data --data-binary --data-raw --data-urlencode -X --request -u --user -A --user-agent -b --cookie -c --cookie-jar -e --referer -F --form -x --proxy -m --max-time -w --write-out -K --config -T --upload-file -r --range -C --continue-at -E --cert --cacert --capath --key --retry --retry-delay --retry-max-time --connect-timeout --resolve --output-dir --url -Y --speed-limit -y --speed-time -z --time-cond -U --proxy-user --proto --proto-redir --tls-max --limit-rate --max-redirs --max-filesize -D --dump-header --ciphers --interface --noproxy --netrc-file --oauth2-bearer --aws-sigv4',
    ),
  ],
  [
    'wget',
    takes(
      '-o --output-file -a --append-output -O --output-document -P --directory-prefix -T --timeout -t --tries -U --user-agent -i --input-file -B --base -Q --quota -e --execute -w --wait -A --accept -R --reject -D --domains -I --include-directories -X --exclude-directories -l --level --header --user --password --post-data --post-file --ca-certificate --certificate --private-key --progress --limit-rate --referer --waitretry --dns-timeout --connect-timeout --read-timeout --method --body-data --max-redirect --cut-dirs --load-cookies --save-cookies --secure-protocol',
    ),
  ],
  [
    'git',
    takes(
      '-C -c -b --branch --depth --git-dir --work-tree --namespace --origin -o --reference --config -m --message -u',
    ),
  ],
  [
    'tar',
    takes(
      '-f --file -C --directory -X --exclude-from -T --files-from --exclude --strip-components --transform --owner --group --mode --mtime -I --use-compress-program -b -H --format -K -N -V -g',
    ),
  ],
  [
    'useradd',
    takes(
      '-b --base-dir -c --comment -d --home-dir -D -e --expiredate -f --inactive -g --gid -G --groups -k --skel -K --key -p --password -R --root -P --prefix -s --shell -u --uid -Z --selinux-user',
    ),
  ],
  [
    'usermod',
    takes(
      '-c --comment -d --home -e --expiredate -f --inactive -g --gid -G --groups -l --login -p --password -R --root -P --prefix -s --shell -u --uid -v -V -w -W -Z',
    ),
  ],
  ['gpasswd', takes('-a --add -d --delete -M --members -A --administrators -Q --root')],
  ['groupadd', takes('-g --gid -K --key -p --password -R --root -P --prefix -U --users')],
  ['groupmod', takes('-g --gid -n --new-name -p --password -R --root -P --prefix -U --users')],
  // The adduser of Debian and of busybox together; busybox has -S and -D, Debian has --gecos and other long options.
  [
    'adduser',
    takes(
      '-h --home -g --gecos -s --shell -G --ingroup -u --uid -k --skel --gid --conf --firstuid --lastuid --comment --firstgid --lastgid',
    ),
  ],
  ['addgroup', takes('-g --gid --conf --firstgid --lastgid')],
  ['chown', takes('--from --reference')],
  ['chmod', takes('--reference')],
  ['truncate', takes('-s --size -r --reference')],
  ['install', takes('-g --group -m --mode -o --owner -S --suffix -t --target-directory')],
  ['mkdir', takes('-m --mode -Z --context')],
  ['cp', takes('-S --suffix -t --target-directory')],
  ['mv', takes('-S --suffix -t --target-directory')],
  ['ln', takes('-S --suffix -t --target-directory')],
  ['make', takes('-C --directory -f --file --makefile -I --include-dir -o --old-file -W --what-if --eval')],
  ['unzip', takes('-d -x -P')],
  ['sed', takes('-e --expression -f --file -l --line-length')],
  ['grep', takes('-e --regexp -f --file -m --max-count -A -B -C --include --exclude --exclude-dir -d -D')],
  [
    'sort',
    takes('-k --key -o --output -S --buffer-size -t --field-separator -T --temporary-directory --parallel'),
  ],
  ['cut', takes('-b --bytes -c --characters -d --delimiter -f --fields --output-delimiter')],
  ['head', takes('-c --bytes -n --lines')],
  ['tail', takes('-c --bytes -n --lines -s --sleep-interval --pid')],
  ['dpkg', takes('--root --admindir --instdir --log -D --debug')],
  [
    'rpm',
    takes('--root -r --dbpath -D --define -E --eval --prefix --relocate --excludepath --queryformat --qf'),
  ],
  [
    'gpg',
    takes(
      '--keyserver --keyserver-options --homedir --keyring --output -o --recipient -r --passphrase --default-key -u --local-user --import-options --pinentry-mode --options',
    ),
  ],
  [
    'go',
    {
      values: [
        '-o',
        '-ldflags',
        '-tags',
        '-gcflags',
        '-asmflags',
        '-gccgoflags',
        '-mod',
        '-modfile',
        '-p',
        '-C',
        '-toolexec',
        '-exec',
        '-overlay',
        '-pkgdir',
        '-installsuffix',
        '-buildmode',
        '-compiler',
        '-coverprofile',
        '-run',
        '-timeout',
        '-count',
        '-bench',
      ],
      singleDash: true,
    },
  ],
  [
    'find',
    {
      values: [
        '-name',
        '-iname',
        '-path',
        '-ipath',
        '-wholename',
        '-regex',
        '-iregex',
        '-type',
        '-maxdepth',
        '-mindepth',
        '-mtime',
        '-mmin',
        '-atime',
        '-ctime',
        '-newer',
        '-size',
        '-perm',
        '-user',
        '-group',
        '-uid',
        '-gid',
        '-links',
        '-printf',
        '-fprint',
        '-samefile',
        '-regextype',
      ],
      singleDash: true,
    },
  ],
]);

/** Options that name the folder a program works in. Sources: the programs' manuals. */
export const folderOptions: ReadonlyMap<string, readonly string[]> = new Map([
  ['npm', ['--prefix', '-C']],
  ['yarn', ['--cwd']],
  ['pnpm', ['-C', '--dir']],
  ['bun', ['--cwd']],
  ['composer', ['-d', '--working-dir']],
  ['go', ['-C']],
  ['cargo', ['-C']],
  ['poetry', ['-C', '--directory', '-P', '--project']],
  ['uv', ['--directory', '--project']],
  ['make', ['-C', '--directory']],
  ['git', ['-C']],
]);

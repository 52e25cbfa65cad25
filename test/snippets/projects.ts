// Small projects that snippets are built in, and what has to come out.

export interface Project {
  readonly prefix: string;
  /** What is typed at tab stops. `id` as the name of a program makes a busybox of that name tell its user. */
  readonly typed?: Readonly<Record<number, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** What the final image holds besides its base, folders left out. */
  readonly holds: readonly string[];
  /** Folders that are mounted while the builder stage runs: there must be nothing in them afterwards. */
  readonly mounted: readonly string[];
  readonly uid: number;
}

const goFiles = { 'go.mod': 'module example.com/id\n', 'cmd/id/main.go': 'package main\n' };
const goMounts = ['/go/pkg/mod', '/root/.cache/go-build'];
const rustFiles = {
  'Cargo.toml': '[package]\nname = "id"\n',
  'Cargo.lock': '',
  'src/main.rs': 'fn main() {}\n',
};
const rustMounts = ['/src/target', '/usr/local/cargo/registry', '/usr/local/cargo/git/db'];

export const projects: readonly Project[] = [
  {
    prefix: 'distroless-go',
    typed: { 1: 'id' },
    files: { ...goFiles, 'go.sum': '' },
    holds: ['/id'],
    mounted: goMounts,
    uid: 65532,
  },
  {
    // Without dependencies there is no go.sum.
    prefix: 'distroless-go',
    typed: { 1: 'id', 2: '.' },
    files: { 'go.mod': 'module example.com/id\n', 'main.go': 'package main\n' },
    holds: ['/id'],
    mounted: goMounts,
    uid: 65532,
  },
  {
    prefix: 'distroless-go-cross',
    typed: { 1: 'id' },
    files: goFiles,
    holds: ['/id'],
    mounted: goMounts,
    uid: 65532,
  },
  {
    prefix: 'distroless-rust',
    typed: { 1: 'id' },
    files: rustFiles,
    holds: ['/id'],
    mounted: rustMounts,
    uid: 65532,
  },
  {
    prefix: 'scratch-rust',
    typed: { 1: 'id' },
    files: rustFiles,
    holds: ['/etc/ssl/certs/ca-certificates.crt', '/id'],
    mounted: rustMounts,
    uid: 65532,
  },
  {
    prefix: 'distroless-python',
    files: { 'requirements.txt': 'flask\n', 'app/__main__.py': '', 'tests/test_app.py': '' },
    holds: ['/app/app/__main__.py', '/packages/flask/__init__.py'],
    mounted: ['/root/.cache/pip'],
    uid: 65532,
  },
  {
    prefix: 'python-uv',
    files: { 'pyproject.toml': '', 'uv.lock': '', 'src/app/__main__.py': '', '.venv/stale': '' },
    holds: [
      '/app/.venv/bin/python',
      '/app/.venv/lib/python3.13/site-packages/flask/__init__.py',
      '/app/app/__main__.py',
      // the new user
      '/etc/passwd',
    ],
    mounted: ['/root/.cache/uv'],
    uid: 10001,
  },
  {
    prefix: 'distroless-node',
    files: { 'package.json': '{}', 'package-lock.json': '{}', 'src/index.js': '', 'node_modules/stale': '' },
    holds: [
      '/app/node_modules/express/index.js',
      '/app/package-lock.json',
      '/app/package.json',
      '/app/src/index.js',
    ],
    mounted: ['/root/.npm'],
    uid: 65532,
  },
];

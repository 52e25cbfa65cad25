// Python and Node.js.
import type { Row } from './row';

export const pythonAndNodeRows: readonly Row[] = [
  { cause: 'pip-system-python', does: 'pip install a', prints: 'error: externally-managed-environment' },
  {
    cause: 'requirements-file-missing',
    does: 'pip install -r r.txt',
    prints: "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'r.txt'",
    facts: { path: 'r.txt' },
  },
  {
    cause: 'python-too-old',
    does: 'pip install a',
    prints: "ERROR: Package 'a' requires a different Python: 3.6.9 not in '>=3.8'",
    facts: { package: 'a', present: '3.6.9', needed: '>=3.8' },
  },
  {
    cause: 'pip-version-missing',
    does: 'pip install a==9',
    prints:
      'ERROR: Could not find a version that satisfies the requirement a==9 (from versions: 1.0, 1.1)\nERROR: No matching distribution found for a==9',
    facts: { package: 'a', version: '==9', available: '1.0, 1.1' },
  },
  {
    cause: 'pip-conflict',
    does: 'pip install a',
    prints: 'ERROR: Cannot install a and b because these package versions have conflicting dependencies.',
  },
  {
    cause: 'pip-tls',
    does: 'pip install a',
    prints:
      'Could not fetch URL https://pypi.python.org/simple/a/: There was a problem confirming the ssl certificate',
  },
  {
    cause: 'header-missing',
    does: 'make',
    prints: 'a.c:1:10: fatal error: openssl/ssl.h: No such file or directory',
    facts: { header: 'openssl/ssl.h' },
  },
  {
    cause: 'library-missing',
    does: 'make',
    prints: '/usr/bin/ld: cannot find -lz: No such file or directory',
    facts: { package: 'z' },
  },
  {
    cause: 'python-module-missing',
    does: 'python a.py',
    prints: "ModuleNotFoundError: No module named 'yaml'",
    facts: { package: 'yaml' },
  },
  {
    cause: 'pip-build-failed',
    does: 'pip install a',
    prints: 'ValueError: bad input\nERROR: Failed building wheel for a',
    facts: { package: 'a', detail: 'ValueError: bad input' },
  },
  {
    cause: 'node-wrong-version',
    does: 'yarn',
    prints:
      'error a@1.0.0: The engine "node" is incompatible with this module. Expected version ">=18". Got "16.20.0"',
    facts: { needed: '>=18', present: '16.20.0' },
  },
  {
    cause: 'node-wrong-version',
    does: 'npm i -g npm',
    prints: 'ERROR: npm v10.9.0 is known not to run on Node.js v16.20.0.',
    facts: { version: '10.9.0', present: '16.20.0' },
  },
  {
    cause: 'npm-lock-out-of-date',
    does: 'npm ci',
    prints:
      'npm error `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync.',
  },
  {
    cause: 'package-json-missing',
    does: 'npm i',
    prints:
      "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/app/package.json'",
    exit: 254,
    facts: { path: '/app/package.json' },
  },
  {
    cause: 'npm-package-missing',
    does: 'npm i',
    prints: 'npm error notarget No matching version found for left-pad@99.',
    facts: { package: 'left-pad', version: '99' },
  },
  {
    cause: 'npm-file-exists',
    does: 'npm i -g yarn',
    prints: 'npm error code EEXIST\nnpm error File exists: /usr/local/bin/yarn',
    facts: { path: '/usr/local/bin/yarn' },
  },
  { cause: 'npm-peer-conflict', does: 'npm i', prints: 'npm error code ERESOLVE' },
  { cause: 'npm-login', does: 'npm i', prints: 'npm error code E401' },
  {
    cause: 'npm-network',
    does: 'npm i',
    prints:
      'npm error network request to https://registry.npmjs.org/a failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org',
    facts: { host: 'registry.npmjs.org' },
  },
  {
    cause: 'npm-root-refused',
    does: 'npm i',
    prints: "npm error code EACCES\nnpm error Error: EACCES: permission denied, mkdir '/app/node_modules'",
  },
  { cause: 'node-gyp-failed', does: 'npm i', prints: 'gyp ERR! build error' },
  {
    cause: 'script-failed',
    does: 'npm run build',
    prints: 'npm ERR! Failed at the shop@1.0.0 build script.',
    facts: { package: 'shop', command: 'build' },
  },
  {
    cause: 'npm-failed',
    does: 'npm i',
    prints: 'npm ERR! Tracker "idealTree" already exists',
    facts: { detail: 'Tracker "idealTree" already exists' },
  },
  {
    cause: 'setuptools-too-old',
    does: 'pip install movie',
    prints:
      "error in movie setup command: 'extras_require' must be a dictionary whose values are strings\nCommand python setup.py egg_info failed with error code 1 in /tmp/pip_build_root/movie",
    facts: { package: 'movie', pip: '1.5' },
  },
  {
    cause: 'setuptools-too-new',
    does: 'pip install -r requirements.txt',
    prints:
      "    ImportError: cannot import name 'Feature'\nERROR: Command errored out with exit status 1: python setup.py egg_info Check the logs",
    facts: { needed: 'setuptools<46' },
  },
  {
    cause: 'setuptools-too-new',
    does: 'pip install old',
    prints: 'error in old setup command: use_2to3 is invalid.',
    facts: { package: 'old', needed: 'setuptools<58' },
  },
  {
    cause: 'python-too-old',
    does: 'pip3 install chart',
    prints:
      'RuntimeError: Python version >= 3.6 required.\nCommand "python setup.py egg_info" failed with error code 1 in /tmp/pip-build-x1/chart/\nYou are using pip version 8.1.1, however version 20.1.1 is available.',
    facts: { needed: '3.6', pip: '8.1.1' },
  },
  {
    cause: 'python-too-old',
    does: 'python setup.py install',
    prints:
      '  File "/tmp/easy_install-a1/Tmpl-3.0/setup.py", line 6, in <module>\n  File "/usr/local/lib/python2.7/site-packages/setuptools/sandbox.py", line 419, in _open\nTypeError: \'encoding\' is an invalid keyword argument for this function',
    facts: { package: 'Tmpl', command: 'easy_install', present: '2.7' },
  },
  {
    cause: 'locale-missing',
    does: 'python3 setup.py install',
    prints:
      "  File \"/usr/lib/python3.5/codecs.py\", line 3, in decode\nUnicodeDecodeError: 'ascii' codec can't decode byte 0xe2 in position 9",
  },
  {
    cause: 'library-missing',
    does: 'pip install lxml',
    prints: 'Error: Please make sure the libxml2 and libxslt development packages are installed.',
    facts: { package: 'libxml2 and libxslt' },
  },
  {
    cause: 'library-missing',
    does: './configure',
    prints: './configure: error: the HTTP gzip module requires the zlib library.',
    facts: { package: 'zlib' },
  },
  {
    cause: 'library-missing',
    does: 'cmake .',
    prints:
      '  Could NOT find OpenSSL, try to set the path to OpenSSL root folder in the\n-- Configuring incomplete, errors occurred!',
    facts: { package: 'OpenSSL' },
  },
  {
    cause: 'setup-py-dependency',
    does: 'python setup.py develop',
    prints: "error: The 'imageio' distribution was not found and is required by moviepy",
    facts: { package: 'imageio' },
  },
  {
    cause: 'setup-py-dependency',
    does: 'cd /src && python setup.py install',
    prints: "error: numpy 1.14.5 is installed but numpy>=1.15 is required by {'numba'}",
    facts: { package: 'numpy', present: '1.14.5', needed: 'numpy>=1.15' },
  },
  {
    cause: 'setup-py-dependency',
    does: 'python setup.py install',
    prints: "error: Could not find suitable distribution for Requirement.parse('flake8>=3')",
    facts: { package: 'flake8>=3' },
  },
  {
    cause: 'setup-py-dependency',
    does: 'python setup.py install',
    prints: 'error: Could not find required distribution python-dateutil>=2.4.0',
    facts: { package: 'python-dateutil>=2.4.0' },
  },
  {
    cause: 'python-module-missing',
    does: 'pip install a',
    prints: 'Could not import setuptools which is required to install from a source distribution.',
    facts: { package: 'setuptools' },
  },
  {
    cause: 'python-module-missing',
    does: 'a --version',
    prints: "The 'mock' distribution was not found and is required by a",
    facts: { package: 'mock' },
  },
  {
    cause: 'node-gyp-failed',
    does: 'node-gyp rebuild',
    prints: 'gyp ERR! Node-gyp failed to build your package.',
  },
];

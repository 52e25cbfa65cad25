// Public servers and images that are gone, or have moved. Every row names when and where that was said, because what one
// knows by heart goes out of date: a build is only called broken where somebody saw it fail.

/** `seen` fail, or only `said` by its owner or users; the date, and the page that says so. */
export type Evidence = `${'seen' | 'said'} ${number}-${string}-${string} https://${string}`;

/** A server, or a part of it, that no longer answers. */
export interface GoneServer {
  /**
   * How addresses name it, in lower case: a host, perhaps with the start of a path. A dot in front stands for the
   * host itself and all hosts below it.
   */
  readonly address: string;
  /** Hosts below it that still answer. */
  readonly except?: readonly string[];
  /** Only addresses that begin so; others of the same host work. */
  readonly scheme?: 'http://' | 'https://' | 'git://';
  /** Since when, as in messages: `May 2021`. */
  readonly since: string;
  /** What takes its place; `*` stands for the names in front of a leading dot. Undefined if nothing does. */
  readonly to?: string;
  readonly evidence: Evidence;
}

const github = 'https://github.com';

/** The more specific address comes first. */
export const goneServers: readonly GoneServer[] = [
  {
    address: '.pool.sks-keyservers.net',
    since: 'June 2021',
    to: 'keyserver.ubuntu.com',
    evidence: `seen 2021-08-03 ${github}/MatthewVance/nginx-build/issues/86`,
  },
  {
    address: 'keys.gnupg.net',
    since: 'June 2021',
    to: 'keyserver.ubuntu.com',
    // Newer versions of gpg ask another server instead.
    evidence: `said 2024-02-11 ${github}/jaymzh/pius/pull/149`,
  },
  {
    address: 'centos7.iuscommunity.org',
    since: 'May 2020',
    evidence: `seen 2020-10-13 ${github}/iusrepo/git224/issues/3`,
  },
  {
    address: 'dl.iuscommunity.org',
    since: 'April 2021',
    evidence: `said 2021-05-02 ${github}/iusrepo/announce/issues/26`,
  },
  {
    address: 'dl.bintray.com/sbt/debian',
    since: 'May 2021',
    to: 'https://repo.scala-sbt.org/scalasbt/debian',
    evidence: `seen 2021-07-06 ${github}/sbt/sbt/issues/6583`,
  },
  {
    address: 'dl.bintray.com/boostorg/release',
    since: 'May 2021',
    to: 'https://archives.boost.io/release',
    evidence: `seen 2021-06-28 ${github}/boostorg/boost/issues/530`,
  },
  {
    address: '.bintray.com',
    // It sends Gradle and Maven on to Maven Central.
    except: ['jcenter.bintray.com'],
    since: 'May 2021',
    evidence: `seen 2021-07-05 ${github}/sbt/sbt/issues/6582`,
  },
  {
    address: 'registry.npm.taobao.org',
    scheme: 'https://',
    since: 'January 2024',
    to: 'registry.npmmirror.com',
    evidence: `seen 2024-01-22 ${github}/cnpm/cnpm/issues/438`,
  },
  {
    address: 'registry.npm.taobao.org',
    since: 'January 2024',
    to: 'https://registry.npmmirror.com',
    evidence: `said 2022-02-11 ${github}/cnpm/mirrors/issues/284`,
  },
  {
    address: 'npm.taobao.org/mirrors',
    since: 'January 2024',
    to: 'https://npmmirror.com/mirrors',
    evidence: `said 2022-02-11 ${github}/cnpm/mirrors/issues/284`,
  },
  {
    address: 'apt.dockerproject.org',
    since: 'March 2020',
    evidence: `seen 2020-03-31 ${github}/dotnet/dotnet-buildtools-prereqs-docker/issues/280`,
  },
  {
    address: 'yum.dockerproject.org',
    since: 'March 2020',
    evidence: `seen 2020-02-14 ${github}/kubernetes-sigs/kubespray/issues/5642`,
  },
  {
    address: 'get.docker.io',
    since: '2015',
    evidence: `said 2015-07-25 ${github}/zalando-stups/taupage/issues/102`,
  },
  ...['apt.kubernetes.io', 'yum.kubernetes.io', 'packages.cloud.google.com/yum/repos/kubernetes'].map(
    (address): GoneServer => ({
      address,
      since: 'March 2024',
      evidence: `seen 2024-03-04 ${github}/kubernetes/release/issues/3485`,
    }),
  ),
  ...['packages.cloud.google.com/apt kubernetes-', 'packages.cloud.google.com/apt/ kubernetes-'].map(
    (address): GoneServer => ({
      address,
      since: 'March 2024',
      evidence: `seen 2024-03-04 ${github}/kubernetes/kubernetes/issues/123666`,
    }),
  ),
  {
    address: '.googlecode.com/files',
    since: 'January 2016',
    to: 'https://storage.googleapis.com/google-code-archive-downloads/v2/code.google.com/*',
    evidence: `seen 2016-01-31 ${github}/heroku/heroku-buildpack-go/issues/108`,
  },
  {
    address: '.googlecode.com',
    since: 'January 2016',
    evidence: `seen 2016-02-01 ${github}/xdissent/ievms/issues/292`,
  },
  {
    address: 'github.com',
    scheme: 'git://',
    since: 'March 2022',
    to: 'https://github.com',
    evidence: `seen 2022-03-17 ${github}/nodegit/nodegit/pull/1899`,
  },
  {
    address: 'mirrorlist.centos.org',
    since: 'July 2024',
    evidence: `seen 2024-07-02 ${github}/ollama/ollama/pull/5438`,
  },
  ...['2.6', '2.7', '3.2', '3.3', '3.4', '3.5', '3.6'].map((version): GoneServer => ({
    address: `bootstrap.pypa.io/${version}/`,
    since: 'June 2021',
    to: `bootstrap.pypa.io/pip/${version}/`,
    evidence: `seen 2021-07-02 ${github}/pypa/get-pip/issues/120`,
  })),
  ...['repo1.maven.org', 'repo.maven.apache.org'].map((address): GoneServer => ({
    address,
    scheme: 'http://',
    since: 'January 2020',
    to: `https://${address}`,
    evidence: `seen 2020-12-23 ${github}/aimmac23/selenium-video-node/pull/67`,
  })),
  {
    address: 'central.maven.org',
    since: 'June 2020',
    to: 'https://repo1.maven.org',
    evidence: `seen 2020-06-12 ${github}/NixOS/nixpkgs/pull/90189`,
  },
  ...(
    [
      ['ppa:jonathonf/python-3.6', 'ppa:deadsnakes/ppa'],
      ['ppa.launchpad.net/jonathonf/python-3.6', 'ppa.launchpad.net/deadsnakes/ppa'],
    ] as const
  ).map(([address, to]): GoneServer => ({
    address,
    since: 'December 2019',
    to,
    evidence: `seen 2019-12-18 ${github}/DataBiosphere/toil/pull/2888`,
  })),
  {
    address: 'geolite.maxmind.com',
    since: 'December 2019',
    evidence: `seen 2020-04-03 ${github}/garncarz/nogamespy-vietcong/issues/31`,
  },
];

/** An image that is no longer where it was. */
export interface MovedImage {
  /** The image as `imageName` gives it; with a slash at the end all images below. */
  readonly name: string;
  /** Images below it that stay. */
  readonly except?: readonly string[];
  /** The tags that are gone; undefined for all. `latest` also stands for no tag. */
  readonly tags?: RegExp;
  /** Since when, as in messages. */
  readonly since: string;
  /** The name that takes its place, with a slash for all images below; the rest and the tag stay. */
  readonly to?: string;
  /** The tags that also exist in its new place, each with what it becomes there; undefined if all stay as they are. */
  readonly renames?: readonly (readonly [RegExp, string])[];
  readonly evidence: Evidence;
}

const unversioned = /^latest$/;

const dotnetGone: Evidence = `seen 2021-08-25 ${github}/microsoft/containerregistry/issues/79`;

/** The tags of one kind of Microsoft's former image, as Microsoft's own registry has them. */
function dotnet(kind: string, to: string): MovedImage {
  // Only these versions were there before the move.
  const tags = new RegExp(`^(2\\.[12])(?:\\.\\d+)?-${kind}(-.*)?$`);
  return {
    name: 'microsoft/dotnet',
    tags,
    since: 'July 2021',
    to: `mcr.microsoft.com/dotnet/core/${to}`,
    renames: [[tags, '$1$2']],
    evidence: dotnetGone,
  };
}

/** A former place of the images of Kubernetes. Its present one has their versions, and no `latest`. */
function onKubernetes(image: Pick<MovedImage, 'name' | 'since' | 'evidence'>): readonly MovedImage[] {
  return [
    { ...image, tags: unversioned },
    { ...image, to: 'registry.k8s.io/' },
  ];
}

export const movedImages: readonly MovedImage[] = [
  {
    name: 'bitnami/',
    except: ['bitnami/minideb', 'bitnami/sealed-secrets', 'bitnami/sealed-secrets-controller'],
    // A few images still have this one tag.
    tags: /^(?!latest$)/,
    since: 'September 2025',
    to: 'bitnamilegacy/',
    evidence: `seen 2026-09-02 ${github}/bitnami/charts/pull/36599`,
  },
  {
    name: 'resin/',
    since: '2019',
    to: 'balenalib/',
    evidence: `said 2019-10-19 ${github}/docker/containerd-packaging/pull/119`,
  },
  {
    name: 'java',
    since: '2022',
    to: 'eclipse-temurin',
    renames: [
      [/^(?:openjdk-)?8(?:u\d+)?(-jdk|-jre)?(-alpine)?$/, '8$1$2'],
      [unversioned, '8'],
    ],
    evidence: `seen 2023-12-29 ${github}/idugalic/micro-company/pull/51`,
  },
  {
    name: 'vault',
    tags: unversioned,
    since: 'July 2023',
    to: 'hashicorp/vault',
    evidence: `said 2023-07-19 ${github}/bank-vaults/bank-vaults/pull/2043`,
  },
  {
    name: 'consul',
    tags: unversioned,
    since: 'June 2023',
    evidence: `seen 2023-06-30 ${github}/hashicorp/consul/issues/17973`,
  },
  {
    name: 'jenkins',
    tags: unversioned,
    since: 'January 2021',
    to: 'jenkins/jenkins',
    renames: [[unversioned, 'lts']],
    evidence: `seen 2021-07-29 ${github}/jenkinsci/docker/issues/1168`,
  },
  {
    name: 'nvidia/cuda',
    tags: unversioned,
    since: 'January 2021',
    evidence: `seen 2021-01-16 ${github}/JuliaContainerization/SimpleContainerGenerator.jl/pull/95`,
  },
  {
    name: 'nvidia/cuda',
    tags: /^(?:[6-9]|10)\.\d/,
    since: 'July 2023',
    evidence: `seen 2023-10-20 ${github}/NVIDIA/nvidia-docker/issues/1790`,
  },
  {
    name: 'elasticsearch',
    tags: unversioned,
    since: '2018',
    evidence: `seen 2018-11-16 ${github}/elastic/elasticsearch-docker/issues/215`,
  },
  {
    name: 'gcr.io/tensorflow/tensorflow',
    since: '2018',
    to: 'tensorflow/tensorflow',
    evidence: `seen 2020-09-09 ${github}/alexacarlson/SensorEffectAugmentation/issues/1`,
  },
  {
    name: 'opensuse',
    tags: /^tumbleweed$/,
    since: 'July 2019',
    to: 'opensuse/tumbleweed',
    renames: [[/^tumbleweed$/, 'latest']],
    evidence: `said 2019-07-02 ${github}/docker-library/docs/pull/1518`,
  },
  {
    name: 'opensuse',
    since: 'July 2019',
    to: 'opensuse/leap',
    renames: [
      [/^(42\.3|15(?:\.\d)?)$/, '$1'],
      [/^(?:latest|leap)$/, 'latest'],
    ],
    evidence: `seen 2019-07-03 ${github}/kata-containers/packaging/pull/616`,
  },
  ...['base/archlinux', 'base/devel'].map((name): MovedImage => ({
    name,
    since: '2019',
    to: 'archlinux',
    renames: [[unversioned, name === 'base/devel' ? 'base-devel' : 'base']],
    evidence: `said 2019-02-06 ${github}/mate-desktop/mate-dev-scripts/pull/12`,
  })),
  {
    name: 'archlinux/base',
    since: 'April 2021',
    to: 'archlinux',
    renames: [[unversioned, 'base']],
    evidence: `seen 2021-04-29 ${github}/argotorg/solidity/pull/11332`,
  },
  dotnet('sdk', 'sdk'),
  dotnet('aspnetcore-runtime', 'aspnet'),
  dotnet('runtime-deps', 'runtime-deps'),
  dotnet('runtime', 'runtime'),
  { name: 'microsoft/dotnet', since: 'July 2021', evidence: dotnetGone },
  {
    name: 'microsoft/aspnetcore-build',
    since: 'July 2021',
    evidence: `seen 2021-07-12 ${github}/dotnet/dotnet-docker/issues/2960`,
  },
  {
    name: 'microsoft/',
    since: 'July 2021',
    evidence: `said 2021-06-03 ${github}/MicrosoftDocs/azure-devops-docs/pull/10872`,
  },
  ...onKubernetes({
    name: 'k8s.gcr.io/',
    since: 'April 2023',
    evidence: `said 2024-06-18 ${github}/containers/common/pull/2057`,
  }),
  ...['gcr.io/google_containers/', 'gcr.io/google-containers/'].flatMap((name) =>
    onKubernetes({
      name,
      since: 'April 2025',
      evidence: `said 2024-07-11 ${github}/kubernetes-sigs/community-images/pull/103`,
    }),
  ),
  {
    name: 'docker.pkg.github.com/',
    since: '2022',
    to: 'ghcr.io/',
    evidence: `said 2025-02-22 ${github}/nocalhost/nocalhost/pull/1470`,
  },
  {
    name: 'r.j3ss.co/',
    since: '2023',
    to: 'jess/',
    evidence: `said 2023-07-05 ${github}/jessfraz/dockerfiles/issues/594`,
  },
];

/** The oldest Node.js that NodeSource has for a release and those after it. */
export interface NodeSourceLimit {
  readonly family: 'debian' | 'ubuntu' | 'amazon';
  readonly since: string;
  /** Older versions have no packages. */
  readonly from: number;
  /** The oldest that has. */
  readonly to: number;
  readonly evidence:
    Evidence | 'seen 2020-06 Shipwright data set, builds of 2020' | 'seen 2024-07 in failing builds';
}

/** The newest release of each family comes first. */
export const nodeSourceLimits: readonly NodeSourceLimit[] = [
  {
    family: 'ubuntu',
    since: '22.04',
    from: 16,
    to: 16,
    evidence: `seen 2023-02-03 ${github}/nodesource/distributions/issues/1504`,
  },
  {
    family: 'ubuntu',
    since: '20.04',
    from: 8,
    to: 10,
    evidence: 'seen 2020-06 Shipwright data set, builds of 2020',
  },
  { family: 'debian', since: '12', from: 12, to: 18, evidence: 'seen 2024-07 in failing builds' },
  {
    family: 'debian',
    since: '10',
    from: 6,
    to: 10,
    evidence: 'seen 2020-06 Shipwright data set, builds of 2020',
  },
  {
    family: 'amazon',
    since: '2023',
    from: 10,
    to: 18,
    evidence: 'seen 2024-07 in failing builds',
  },
];

// Programs that list containers and pods as docker, podman and kubectl do.

const id = 'a'.repeat(64);

export const docker = `#!/bin/sh
case "$*" in
  --version) echo 'Docker version 28.2.2, build abc' ;;
  version*) echo '{"Version":"28.2.2"}' ;;
  buildx*) exit 1 ;;
  *.State.Pid*) echo 4711 ;;
  ps*)
    echo '{"ID":"${id}","Image":"team/app:dev","Names":"web","State":"running","Status":"Up 3 minutes"}'
    echo '{"ID":"${'b'.repeat(64)}","Image":"team/job:dev","Names":"job","State":"exited","Status":"Exited (1) 2 hours ago"}' ;;
esac
`;
export const podman = `#!/bin/sh
case "$*" in
  --version) echo 'podman version 5.2.0' ;;
  *.State.Pid*) echo 5000 ;;
  ps*) echo '[{"Id":"${'c'.repeat(64)}","Image":"localhost/db:1","Names":["db"],"State":"running","Status":"Up 1 hour"}]' ;;
esac
`;
const pods = {
  items: [
    {
      metadata: { name: 'web-0', namespace: 'shop' },
      spec: {
        nodeName: 'node-1',
        containers: [
          { name: 'app', image: 'team/app:1.4.0', ports: [{ containerPort: 8080 }] },
          { name: 'proxy', image: 'envoy:1' },
        ],
      },
      status: { phase: 'Running', containerStatuses: [{ name: 'app', state: { running: {} } }] },
    },
    {
      metadata: { name: 'job', namespace: 'shop' },
      spec: { containers: [{ name: 'job', image: 'team/job:1' }] },
      status: {
        phase: 'Running',
        containerStatuses: [{ name: 'job', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
      },
    },
  ],
};
export const kubectl = `#!/bin/sh
[ "$1 $2" = 'get pods' ] && echo '${JSON.stringify(pods)}'
`;

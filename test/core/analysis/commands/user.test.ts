// Who runs a command, with every program that changes the user.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userOf, userOfWrapper } from '../../../../server/src/core/analysis/commands/user';
import { markedCommand } from '../../../harness/commands';

type User = readonly [name: string | undefined, isRoot: boolean | undefined];

const root: User = ['root', true];
const app: User = ['app', false];
const unknown: User = [undefined, undefined];

const cases: readonly (readonly [marked: string, expected: User])[] = [
  // USER and the base image.
  ['RUN «make»', root],
  ['USER app\nRUN «make»', app],
  ['USER app:staff\nRUN «make»', app],
  ['USER 1000\nRUN «make»', ['1000', false]],
  ['USER 0:0\nRUN «make»', ['0', true]],
  ['USER $WHO\nRUN «make»', unknown],
  ['ENV WHO=root\nUSER $WHO\nRUN «make»', root],
  ['FROM example.com/x\nRUN «make»', unknown],
  ['USER app\nONBUILD RUN «make»', app],
  // sudo and doas.
  ['USER app\nRUN sudo «make»', root],
  ['RUN sudo -u app «make»', app],
  ['RUN sudo -uapp «make»', app],
  ['RUN sudo -Eu app «make»', app],
  ['RUN sudo --user app -- «make»', app],
  ['RUN sudo --user=app A=b «make»', app],
  ["RUN sudo -u '#1000' «make»", ['1000', false]],
  ["RUN sudo -u '#0' «make»", ['0', true]],
  ['RUN sudo -u "$WHO" «make»', unknown],
  ['RUN sudo --user="$WHO" «make»', unknown],
  ['USER app\nRUN sudo -g staff «make»', app],
  ["RUN su -g staff app -c '«make»'", app],
  ['USER app\nRUN sudo -g staff -u root «make»', root],
  ['USER app\nRUN doas «make»', root],
  ['RUN doas -u app «make»', app],
  // su and runuser.
  ["USER app\nRUN su -c '«make»'", root],
  ["RUN su app -c '«make»'", app],
  ["RUN su - app -c '«make»'", app],
  ["RUN su -l app -s /bin/bash -c '«make»'", app],
  ["RUN su -s /bin/sh app -c '«make»'", app],
  ["RUN su -c '«make»' app", app],
  ["RUN su -s /bin/sh -c '«make»' - app", app],
  ["RUN su --shell=/bin/sh --command '«make»' app", app],
  ['RUN su "$WHO" -c \'«make»\'', unknown],
  ['RUN runuser -u app «make»', app],
  ['RUN runuser -u app -- «make»', app],
  ["RUN runuser app -c '«make»'", app],
  ["RUN runuser -l app -c '«make»'", app],
  ["USER app\nRUN runuser -c '«make»'", root],
  // Those of containers and of service managers.
  ['RUN gosu app «make»', app],
  ['RUN gosu app:staff «make»', app],
  ['RUN gosu 0 «make»', ['0', true]],
  ['RUN su-exec nobody:nogroup «make»', ['nobody', false]],
  ['RUN setuidgid app «make»', app],
  ['RUN setuser app «make»', app],
  ['RUN s6-setuidgid app «make»', app],
  ['RUN chpst -u app:staff «make»', app],
  ['RUN chpst -u :1000:1000 «make»', ['1000', false]],
  ['USER app\nRUN chpst -e /env «make»', app],
  ['RUN setpriv --reuid=app --regid=app --init-groups «make»', app],
  ['RUN setpriv --reuid 1000 --clear-groups «make»', ['1000', false]],
  ['RUN setpriv --regid 1000 --clear-groups «make»', root],
  ['RUN chroot --userspec=app:app /mnt «make»', app],
  ['RUN chroot --userspec app /mnt «make»', app],
  ['USER app\nRUN chroot /mnt «make»', app],
  // What changes nothing.
  ['USER app\nRUN env A=b nice «make»', app],
  ["USER app\nRUN sh -c '«make»'", app],
  ['USER app\nRUN fakeroot «make»', app],
  // One in the other.
  ["RUN su builder -c 'cd /src && sudo «make» install'", root],
  ["RUN su builder -c '«cd» /src && sudo make install'", ['builder', false]],
  ["RUN sudo su - app -c '«make»'", app],
  ["RUN sudo -u app sh -c 'env A=b «make»'", app],
  ['RUN sudo -u app bash -c "su root -c \'«make»\'"', root],
  // In all forms.
  ['RUN ["gosu", "app", "«make»"]', app],
  ['RUN ["su", "app", "-c", "«make» x"]', app],
  ['RUN ["su", "-c", "«make» x", "app"]', app],
  ['ENTRYPOINT ["su-exec", "app", "«make»"]', app],
  ['CMD exec gosu app «make»', app],
  ['HEALTHCHECK CMD su app -c "«make»"', app],
  ['RUN <<EOF\nsu app -c "«make»"\nEOF', app],
  ['RUN sudo -u app bash <<EOF\n«make»\nEOF', app],
  ['RUN if true; then sudo -u app «make»; fi', app],
  ['RUN a | sudo -u app xargs «make»', app],
];

for (const [marked, [name, isRoot]] of cases) {
  test(`user: ${marked.replaceAll('\n', '⏎')}`, () => {
    const { model, command } = markedCommand(marked);
    const found = userOf(model, command);
    assert.deepEqual([found.name, found.isRoot], [name, isRoot]);
  });
}

test('who calls a wrapper is another than whom it changes to', () => {
  const { model, command } = markedCommand("RUN su builder -c 'sudo «make»'");
  const callers = command.wrappers.map((one) => userOfWrapper(model, command, one).name);
  assert.deepEqual(callers, ['root', 'builder']);
  assert.equal(userOf(model, command).by?.program, 'sudo');
});

test('an ARG may be replaced, an ENV may not', () => {
  const overridable = (marked: string): boolean => {
    const { model, command } = markedCommand(marked);
    return userOf(model, command).overridable;
  };
  assert.equal(overridable('ARG WHO=root\nUSER $WHO\nRUN «make»'), true);
  assert.equal(overridable('ENV WHO=root\nUSER $WHO\nRUN «make»'), false);
  assert.equal(overridable('ARG A=root\nENV WHO=$A\nUSER $WHO\nRUN «make»'), true);
  assert.equal(overridable('ARG WHO=root\nUSER $WHO\nRUN sudo -u app «make»'), false);
  assert.equal(overridable('USER root\nRUN «make»'), false);
});

// Steps behind which apt may know packages of another publisher.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasForeignAptSources } from '../../../../server/src/core/analysis/packages/package-sources';
import { markedCommand } from '../../../harness/commands';

const cases: readonly (readonly [marked: string, expected: boolean])[] = [
  ['RUN apt-get update\nRUN «apt-get» install -y x', false],
  ['RUN curl https://x.org/setup | bash\nRUN «apt-get» install -y x', true],
  ['RUN curl https://x.org/setup | bash - && «apt-get» install -y x', true],
  ['RUN bash setup\nRUN «apt-get» install -y x', false],
  ['RUN «apt-get» install -y x && curl https://x.org/setup | bash', false],
  ['RUN echo deb https://x.org ./ > /etc/apt/sources.list.d/x.list && «apt-get» install -y x', true],
  ['RUN echo deb https://x.org ./ | tee /etc/apt/sources.list\nRUN «apt-get» install -y x', true],
  ['RUN add-apt-repository ppa:x/y && «apt-get» install -y x', true],
  ['RUN dpkg -i x.deb && «apt-get» install -y x', true],
  ['RUN dpkg -l && «apt-get» install -y x', false],
  ['COPY x.list /etc/apt/sources.list.d/\nRUN «apt-get» install -y x', true],
  ['COPY x.list /etc/aptitude/\nRUN «apt-get» install -y x', false],
  ['RUN «apt-get» install -y x\nCOPY x.list /etc/apt/sources.list.d/', false],
  ['FROM debian:12 AS a\nRUN dpkg -i x.deb\nFROM debian:12\nRUN «apt-get» install -y x', false],
];

for (const [marked, expected] of cases) {
  test(`sources of others: ${marked.replaceAll('\n', '⏎')}`, () => {
    const { model, command } = markedCommand(marked);
    assert.equal(hasForeignAptSources(model, command), expected);
  });
}

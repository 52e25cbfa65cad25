import { defineRule } from '../core/lint/rule';
import { givesOption } from '../core/analysis/packages/package-commands';
import { unpinned } from '../core/families/unpinned';
import { hasFlag, hasWord, textOf } from '../core/families/hadolint-commands';
import { withoutVersion } from '../core/families/hadolint-packages';

/**
 * Without a version, each build installs what the server has on that day, so two builds of one file differ. A new release
 * may also need a newer Ruby than the image has, and then the build fails.
 *
 * ```dockerfile bad
 * FROM ruby:3.4-slim
 * RUN gem install --no-document «bundler» rake:13.2.1 && gem i «nokogiri» -- --use-system-libraries
 * ```
 * > bundler has no version, so each build installs the newest one
 * > nokogiri has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM ruby:3.4-slim
 * RUN gem install bundler:2.5.23 && gem install rails -v 8.0.0 && gem install --version=1.0 x
 * RUN gem install ./pkg/app.gem && gem install -g Gemfile && gem update --system 3.5.0 && gem install $GEMS
 * ```
 */
export default defineRule({
  id: 'gem-pin-versions',
  summary: 'gem installs a package without a version',
  category: 'package',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3028', 'kics:gem_install_without_version'],

  *check({ model }) {
    yield* unpinned(
      model,
      (use) => use.manager.name === 'gem' && !givesOption(use, '-v', '--version'),
      false,
    );
  },

  *hadolint({ model }) {
    yield* withoutVersion(model, {
      program: 'gem',
      verbs: ['install', 'i'],
      isPinned: (text) => text.includes(':'),
      wordsOf(seen) {
        if (!hasWord(seen, 'install', 'i') || hasFlag(seen, '--version') || hasWord(seen, '-v')) return [];
        const end = seen.args.findIndex((word) => textOf(word) === '--');
        const words = [];
        // It takes every flag for one with a value.
        for (let at = 0; at < (end < 0 ? seen.args.length : end); at += 1) {
          const word = seen.args[at];
          if (!word) break;
          if (textOf(word).startsWith('-')) at += 1;
          else if (!/^i(?:nstall)?$/.test(textOf(word))) words.push(word);
        }
        return words;
      },
    });
  },
});

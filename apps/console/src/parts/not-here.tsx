import type { JSX } from 'solid-js';
import { LinkButton } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { useSession } from '../api/session.tsx';
import { paths } from '../path-builder.ts';
import { useTexts } from '../text/texts.ts';

/** The same words for what does not exist and for what is not theirs to see. */
export function NotHere(): JSX.Element {
  const texts = useTexts();
  const session = useSession();
  const roles = () =>
    texts.names([
      ...new Set((session.user()?.roles ?? []).map((grant) => texts.word('roles', grant.role))),
    ]);
  return (
    <Empty
      title={texts.t('shell.notFoundTitle')}
      actions={<LinkButton href={paths.start()}>{texts.t('shell.goHome')}</LinkButton>}
    >
      {texts.t('shell.notFoundHelp', { roles: roles() })}
    </Empty>
  );
}

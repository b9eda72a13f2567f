import type { JSX } from 'solid-js';
import { LinkButton } from '@yunheng/ui/button';
import { PageHead } from '../parts/page-head.tsx';
import { paths } from '../path-builder.ts';
import { useTexts } from '../text/texts.ts';

/** For an address that no page has: it says so itself, instead of standing under the name of the last page. */
export function NowherePage(): JSX.Element {
  const { t } = useTexts();
  return (
    <>
      <PageHead title={t('shell.nowhereTitle')} sub={t('shell.nowhereHelp')} />
      <LinkButton href={paths.start()}>{t('shell.goHome')}</LinkButton>
    </>
  );
}

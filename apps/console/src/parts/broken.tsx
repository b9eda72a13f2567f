import { createEffect, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { useLocation } from '@solidjs/router';
import { Button } from '@yunheng/ui/button';
import { Notice } from '@yunheng/ui/notice';
import { useTexts } from '../text/texts.ts';

/** In the place of a page that could not be loaded or drawn. The frame stays, and the next page gets its own chance. */
export function Broken(props: { onLeave: () => void }): JSX.Element {
  const { t } = useTexts();
  const location = useLocation();
  createEffect(
    on(
      () => location.pathname,
      () => props.onLeave(),
      { defer: true },
    ),
  );
  return (
    <Notice
      tone="bad"
      alert
      title={t('shell.errorTitle')}
      actions={<Button onClick={() => window.location.reload()}>{t('shell.retry')}</Button>}
    >
      <p>{t('shell.networkHelp')}</p>
    </Notice>
  );
}

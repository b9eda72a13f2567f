import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { useQueryClient } from '@tanstack/solid-query';
import { formatDate, formatInstant } from '@yunheng/messages/format/time';
import { Button } from '@yunheng/ui/button';
import { Empty } from '@yunheng/ui/empty';
import { StateMark } from '@yunheng/ui/state-mark';
import { Head, TableFoot } from '@yunheng/ui/table';
import { api } from '../../api/client.ts';
import { useProcedure } from '../../api/query.ts';
import { useStatus } from '../../api/status.tsx';
import type { TokenRow } from '../../api/types.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { useTexts } from '../../text/texts.ts';
import { CreateTokenDialog } from './create-token-dialog.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';

export default function TokensPage(): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const queries = useQueryClient();
  const [creating, setCreating] = createSignal(false);
  const [revoking, setRevoking] = createSignal<TokenRow>();
  const query = useProcedure({
    name: 'tokens.list',
    input: () => ({}),
    call: (input, options) => api.tokens.list.query(input, options),
  });
  const refresh = () => void queries.invalidateQueries({ queryKey: ['tokens.list'] });
  return (
    <>
      <PageHead
        title={t('entry.tokensTitle')}
        sub={t('entry.tokensAbout')}
        actions={
          <Button kind="primary" onClick={() => setCreating(true)}>
            {t('entry.tokensNew')}
          </Button>
        }
      />
      <Loaded query={query}>
        {(rows) => (
          <Show
            when={rows().length > 0}
            fallback={<Empty title={t('entry.tokensNone')}>{t('entry.tokensNoneHelp')}</Empty>}
          >
            <table class="tbl cards">
              <thead>
                <tr>
                  <Head>{t('entry.tokenName')}</Head>
                  <Head>{t('entry.tokenState')}</Head>
                  <Head>{t('entry.tokenScopes')}</Head>
                  <Head>{t('entry.tokenCreated')}</Head>
                  <Head>{t('entry.tokenExpires')}</Head>
                  <Head>{t('entry.tokenUsed')}</Head>
                  <Head>
                    <span class="vh">{t('entry.actions')}</span>
                  </Head>
                </tr>
              </thead>
              <tbody>
                <For each={rows()}>
                  {(token) => <TokenLine token={token} onRevoke={() => setRevoking(token)} />}
                </For>
              </tbody>
            </table>
            <TableFoot summary={t('shell.total', { count: rows().length })} />
          </Show>
        )}
      </Loaded>
      <CreateTokenDialog open={creating()} onClose={() => setCreating(false)} onCreated={refresh} />
      <RevokeTokenDialog
        token={revoking()}
        onClose={() => setRevoking(undefined)}
        onRevoked={refresh}
      />
    </>
  );
}

function TokenLine(props: { token: TokenRow; onRevoke: () => void }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const status = useStatus();
  const state = () => {
    if (props.token.revokedAt !== null)
      return { mark: 'bad', word: t('entry.tokenRevoked') } as const;
    return props.token.expiresAt <= status.now()
      ? ({ mark: 'end', word: t('entry.tokenExpired') } as const)
      : ({ mark: 'ok', word: t('entry.tokenLive') } as const);
  };
  return (
    <tr>
      <td class="two">
        <strong>{props.token.name}</strong>
        <small>
          {t('entry.tokenHint')} <span class="mono">{props.token.hint}</span>
        </small>
      </td>
      <td data-l={t('entry.tokenState')}>
        <StateMark mark={state().mark}>{state().word}</StateMark>
      </td>
      <td data-l={t('entry.tokenScopes')}>
        {texts.names(props.token.scopes.map((scope) => texts.word('scopes', scope)))}
      </td>
      <td class="nowrap" data-l={t('entry.tokenCreated')}>
        {formatDate(props.token.createdAt)}
      </td>
      <td class="nowrap" data-l={t('entry.tokenExpires')}>
        {formatDate(props.token.expiresAt)}
      </td>
      <td class="nowrap" data-l={t('entry.tokenUsed')}>
        {props.token.lastUsedAt === null
          ? t('entry.tokenNever')
          : formatInstant(props.token.lastUsedAt)}
      </td>
      <td class="n">
        <Show when={state().mark === 'ok'}>
          <Button
            kind="danger"
            aria-label={t('entry.tokenRevokeTitle', { name: props.token.name })}
            onClick={() => props.onRevoke()}
          >
            {t('entry.tokenRevoke')}
          </Button>
        </Show>
      </td>
    </tr>
  );
}

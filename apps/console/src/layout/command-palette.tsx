import { createMemo, createSignal, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { useNavigate } from '@solidjs/router';
import { Palette } from '@yunheng/ui/palette';
import type { PaletteGroup, PaletteItem } from '@yunheng/ui/palette';
import { api } from '../api/client.ts';
import { useProcedure, valueOf } from '../api/query.ts';
import { useSession } from '../api/session.tsx';
import { paths } from '../path-builder.ts';
import { requestStateWord } from '../text/state-words.ts';
import { useTexts } from '../text/texts.ts';
import { useEntries } from './nav.tsx';
import { useReader } from './reader.ts';

const typingMilliseconds = 150;
const found = 5;

export function CommandPalette(props: { open: boolean; onClose: () => void }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const [query, setQuery] = createSignal('');
  const groups = usePaletteGroups(query, () => props.open);
  const close = () => {
    setQuery('');
    props.onClose();
  };
  const choose = (item: PaletteItem, newTab: boolean) => {
    if (newTab) window.open(item.href, '_blank', 'noopener');
    else navigate(item.href);
    close();
  };
  return (
    <Palette
      open={props.open}
      label={t('shell.search')}
      placeholder={t('shell.search')}
      groups={groups()}
      labels={{
        choose: t('shell.paletteChoose'),
        open: t('shell.paletteOpen'),
        newTab: t('shell.paletteNewTab'),
        none: t('shell.paletteNone'),
      }}
      onQuery={setQuery}
      onChoose={choose}
      onClose={close}
    />
  );
}

function usePaletteGroups(query: () => string, open: () => boolean): () => readonly PaletteGroup[] {
  const texts = useTexts();
  const { t } = texts;
  const nav = useEntries();
  const reader = useReader();
  const session = useSession();
  const settled = createSettled(query);
  const searches = () =>
    open() &&
    settled() !== '' &&
    session.hasRole(
      'applicant',
      'head',
      'operator',
      'operator_approver',
      'finance',
      'authority',
      'auditor',
    );
  const searchInput = () => (searches() ? { search: settled(), page: 1, size: found } : undefined);
  const requests = useProcedure({
    name: 'requests.list',
    input: searchInput,
    call: (input, options) => api.requests.list.query(input, options),
  });
  const systems = useProcedure({
    name: 'systems.list',
    input: searchInput,
    call: (input, options) => api.systems.list.query(input, options),
  });

  return createMemo(() => {
    const wanted = query().trim().toLowerCase();
    const matches = (item: PaletteItem) =>
      wanted === '' || item.label.toLowerCase().includes(wanted);
    const go: PaletteItem[] = nav.entries().map((entry) => ({
      id: entry.id,
      icon: entry.icon,
      label: t(nav.label(entry)),
      href: nav.href(entry),
    }));
    const department = reader().departmentId;
    const acts: PaletteItem[] =
      session.hasRole('applicant') && department !== undefined
        ? [
            {
              id: 'new-request',
              icon: 'apply',
              label: t('shell.newRequest'),
              href: paths.newRequest(department),
            },
          ]
        : [];
    const requestItems = (searches() ? (valueOf(requests)?.rows ?? []) : []).map(
      (row): PaletteItem => ({
        id: row.id,
        icon: 'requests',
        label: `${row.number ?? requestStateWord(texts, row.state, row.kind)}　${row.system.name}`,
        note: requestStateWord(texts, row.state, row.kind),
        href: paths.request(row.id),
      }),
    );
    const systemItems = (searches() ? (valueOf(systems)?.rows ?? []) : []).map(
      (row): PaletteItem => ({
        id: row.id,
        icon: 'systems',
        label: row.name,
        note: row.department.name,
        href: paths.system(row.id),
      }),
    );
    return [
      { label: t('shell.paletteRequests'), items: requestItems },
      { label: t('shell.paletteSystems'), items: systemItems },
      { label: t('shell.paletteGo'), items: go.filter(matches) },
      { label: t('shell.paletteDo'), items: acts.filter(matches) },
    ].filter((group) => group.items.length > 0);
  });
}

/** The text once typing has paused, so that each letter is not a question to the server. */
function createSettled(text: () => string): () => string {
  const [settled, setSettled] = createSignal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  createMemo(() => {
    const now = text().trim();
    clearTimeout(timer);
    timer = setTimeout(() => setSettled(now), typingMilliseconds);
  });
  onCleanup(() => clearTimeout(timer));
  return settled;
}

import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { LinkButton } from '@yunheng/ui/button';
import { Input } from '@yunheng/ui/input';
import { Select } from '@yunheng/ui/select';
import { FilterSearch } from '../../parts/filter-search.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { actionOptions } from './audit-words.ts';
import { doers, outcomes, useAuditQuery } from './audit-query.ts';

export function AuditFilters(props: { filtered: boolean }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const url = useAuditQuery();
  const day = (value: string) => (value === '' ? undefined : value);
  return (
    <div class="filters" role="search" aria-label={t('shell.filters')}>
      <FilterSearch
        label={t('admin.auditFilterActor')}
        value={url.query().actor}
        onChange={(actor) => url.replace({ actor, page: 1 })}
      />
      <FilterSearch
        label={t('admin.auditFilterObject')}
        value={url.query().object}
        onChange={(object) => url.replace({ object, page: 1 })}
      />
      <Select
        aria-label={t('admin.auditFilterAction')}
        placeholder={t('shell.allOf', { label: t('admin.auditFilterAction') })}
        value={url.query().action ?? ''}
        options={actionOptions(texts, url.query().action)}
        onChange={(action) => url.go({ action: action === '' ? undefined : action, page: 1 })}
      />
      <Select
        aria-label={t('admin.auditOutcome')}
        placeholder={t('shell.allOf', { label: t('admin.auditOutcome') })}
        value={url.query().outcome ?? ''}
        options={outcomes.map((outcome) => ({
          value: outcome,
          label: texts.word('outcomes', outcome),
        }))}
        onChange={(value) =>
          url.go({ outcome: outcomes.find((outcome) => outcome === value), page: 1 })
        }
      />
      <Select
        aria-label={t('admin.auditFilterBy')}
        value={url.query().by}
        options={doers.map((value) => ({ value, label: texts.word('auditDoers', value) }))}
        onChange={(value) =>
          url.go({ by: doers.find((doer) => doer === value) ?? 'people', page: 1 })
        }
      />
      <label class="filter-day">
        {t('admin.auditFilterFrom')}
        <Input
          type="date"
          value={url.query().from ?? ''}
          onChange={(event) => url.go({ from: day(event.currentTarget.value), page: 1 })}
        />
      </label>
      <label class="filter-day">
        {t('admin.auditFilterTo')}
        <Input
          type="date"
          value={url.query().to ?? ''}
          onChange={(event) => url.go({ to: day(event.currentTarget.value), page: 1 })}
        />
      </label>
      <Show when={props.filtered}>
        <LinkButton kind="quiet" href={paths.audit()}>
          {t('shell.clearFilters')}
        </LinkButton>
      </Show>
    </div>
  );
}

import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { BalanceKey } from '@yunheng/ui/balance-bar';
import { Button } from '@yunheng/ui/button';
import { Section } from '@yunheng/ui/facts';
import { Icon } from '@yunheng/ui/icon';
import { Head } from '@yunheng/ui/table';
import { useTexts } from '../../text/texts.ts';
import type { Form } from './create-form.ts';
import type { Inputs } from './form-model.ts';
import { LineRow } from './line-row.tsx';
import { fieldIds } from './problems.ts';

export type LinesSectionProps = {
  form: Form;
  inputs: Inputs;
  problemAt: (fieldId: string) => string | undefined;
  onEnter: (fieldId: string) => void;
  onLeave: (fieldId: string, text: string) => void;
};

export function LinesSection(props: LinesSectionProps): JSX.Element {
  const { t } = useTexts();
  return (
    <div class="form-sec">
      <Section
        title={t('request.formHowMuch')}
        actions={
          <BalanceKey
            entries={[
              { mark: 'this', label: t('request.this') },
              { mark: 'free', label: t('request.free') },
            ]}
          />
        }
        bare
      >
        <table class="tbl cards lines">
          <thead>
            <tr>
              <Head>{t('request.formItem')}</Head>
              <Head number>{t('request.formCurrent')}</Head>
              <Head>{t('request.formTarget')}</Head>
              <Head number>{t('request.formChangeBy')}</Head>
              <Head>{t('request.formPool')}</Head>
              <Head>
                <span class="vh">{t('entry.actions')}</span>
              </Head>
            </tr>
          </thead>
          <tbody>
            <For each={props.form.form.lines}>
              {(line) => (
                <LineRow
                  line={line}
                  form={props.form}
                  inputs={props.inputs}
                  problemAt={props.problemAt}
                  onEnter={props.onEnter}
                  onLeave={props.onLeave}
                />
              )}
            </For>
          </tbody>
        </table>
        <p class="foot">
          <Button id={fieldIds.lines} onClick={() => props.form.addLine()}>
            <Icon name="plus" />
            {t('request.formAddLine')}
          </Button>
          {props.problemAt(fieldIds.lines) === undefined ? null : (
            <span class="err">{props.problemAt(fieldIds.lines)}</span>
          )}
        </p>
      </Section>
    </div>
  );
}

import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Segment } from '@yunheng/ui/choice';
import { Field } from '@yunheng/ui/field';
import { TextArea } from '@yunheng/ui/input';
import { Section } from '@yunheng/ui/facts';
import { Select } from '@yunheng/ui/select';
import type { Environment, RequestKind } from '@yunheng/domain/quota/request';
import type { SystemRow } from '../../api/types.ts';
import { useTexts } from '../../text/texts.ts';
import type { Form } from './create-form.ts';
import type { Inputs } from './form-model.ts';
import { fieldIds } from './problems.ts';

const kinds: readonly RequestKind[] = ['new', 'change', 'release'];
const kindHelp = {
  new: 'request.formNewHelp',
  change: 'request.formChangeHelp',
  release: 'request.formReleaseHelp',
} as const;

export type TargetSectionProps = {
  form: Form;
  inputs: Inputs;
  systems: readonly SystemRow[];
  systemLoaded: boolean;
  problemAt: (fieldId: string) => string | undefined;
};

/** For which system and environment, where, and why. */
export function TargetSection(props: TargetSectionProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const state = () => props.form.form;
  const system = () => props.systems.find((row) => row.id === state().systemId);
  const systemHint = () => {
    const row = system();
    return row === undefined
      ? undefined
      : texts.dots([
          texts.word('protectionLevels', String(row.protectionLevel)),
          texts.word('drTiers', row.drTier),
        ]);
  };
  return (
    <div class="form-sec">
      <Section title={t('request.formWho')}>
        <div class="form-row">
          <div class="field span12">
            <Segment
              label={t('request.formKind')}
              value={state().kind}
              options={kinds.map((kind) => ({
                value: kind,
                label: texts.word('requestKinds', kind),
              }))}
              onChange={props.form.setKind}
            />
            <span class="hint">{t(kindHelp[state().kind])}</span>
          </div>
          <Field
            class="span6"
            id={fieldIds.system}
            label={t('request.system')}
            hint={systemHint()}
            error={props.problemAt(fieldIds.system)}
          >
            <Select
              value={state().systemId}
              placeholder={t('request.formChooseSystem')}
              options={props.systems.map((row) => ({
                value: row.id,
                label: t('shell.noted', { name: row.name, note: row.code }),
              }))}
              onChange={props.form.setSystem}
            />
          </Field>
          <Show when={state().kind === 'new'} fallback={<AllocationField {...props} />}>
            <NewTarget {...props} />
          </Show>
          <Field
            class="span12"
            id={fieldIds.reason}
            label={t('request.formReason')}
            hint={t('request.formReasonHint')}
            error={props.problemAt(fieldIds.reason)}
          >
            <TextArea
              rows={2}
              maxlength={2000}
              value={state().reason}
              onInput={(event) => props.form.setReason(event.currentTarget.value)}
            />
          </Field>
        </div>
      </Section>
    </div>
  );
}

function NewTarget(props: TargetSectionProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const environments: readonly Environment[] = ['prod', 'test'];
  return (
    <>
      <Field
        class="span6"
        id={fieldIds.node}
        label={t('request.cloudNode')}
        error={props.problemAt(fieldIds.node)}
      >
        <Select
          value={props.form.form.cloudNodeId}
          placeholder={t('request.formChooseNode')}
          options={props.inputs.offers.nodes.map((node) => ({
            value: node.id,
            label: node.name,
            group: texts.word('tiers', node.tier),
          }))}
          onChange={props.form.setNode}
        />
      </Field>
      <div class="field span12">
        <span class="label">{t('request.environment')}</span>
        <span>
          <Segment
            label={t('request.environment')}
            value={props.form.form.environment}
            options={environments.map((environment) => ({
              value: environment,
              label: texts.word('environments', environment),
            }))}
            onChange={props.form.setEnvironment}
          />
        </span>
      </div>
    </>
  );
}

function AllocationField(props: TargetSectionProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const none = () =>
    props.systemLoaded && props.form.form.systemId !== '' && props.inputs.allocations.length === 0;
  return (
    <Field
      class="span6"
      id={fieldIds.allocation}
      label={t('request.formAllocation')}
      hint={none() ? t('request.formNoAllocation') : undefined}
      error={props.problemAt(fieldIds.allocation)}
    >
      <Select
        value={props.form.form.allocationId}
        placeholder={t('request.formChooseAllocation')}
        options={props.inputs.allocations.map((row) => ({
          value: row.id,
          label: texts.dots([
            texts.word('environments', row.environment),
            row.cloudNode.name,
            texts.word('architectures', row.pool.arch),
            row.namespace,
          ]),
        }))}
        onChange={props.form.setAllocation}
      />
    </Field>
  );
}

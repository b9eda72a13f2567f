import type { JSX } from 'solid-js';
import { useTexts } from '../../text/texts.ts';

/** The picture of the product: what is promised balances what is allocated, held and free. */
export function BalanceDrawing(): JSX.Element {
  const { t } = useTexts();
  return (
    <svg class="beam" viewBox="20 0 562 150" role="img" aria-label={t('entry.drawing')}>
      <defs>
        <pattern
          id="hatch"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="beam-ground" width="5" height="5" />
          <path class="beam-hatch" d="M0 0v5" />
        </pattern>
      </defs>
      <path class="beam-rule" d="M20 20.5h560M300 20v118M250 138.5h100" />
      <path class="beam-rule" d="M140 20v30M460 20v30" />
      <rect class="beam-rule" x="20.5" y="50.5" width="239" height="28" />
      <rect class="beam-alloc" x="340" y="50" width="150" height="29" />
      <rect class="beam-held" x="491" y="50.5" width="34" height="28" fill="url(#hatch)" />
      <rect class="beam-free" x="526" y="50.5" width="54" height="28" />
      <text x="140" y="100" text-anchor="middle">
        {t('entry.promised')}
      </text>
      <text x="415" y="100" text-anchor="middle">
        {t('entry.allocated')}
      </text>
      <text x="508" y="100" text-anchor="middle">
        {t('entry.held')}
      </text>
      <text x="553" y="100" text-anchor="middle">
        {t('entry.free')}
      </text>
    </svg>
  );
}

// The report of a result: one file to read and pass on, made from the signed bytes and the words as they stand when it is read.
import { Inject, Injectable } from '@nestjs/common';
import { resultStatus, roundAbout, suppliesOf } from '#libs/domain';
import type { Analysis } from '#libs/domain';
import { catalogue, MethodName } from '#libs/statistics';
import { renderReport } from '#libs/web';
import { besideView } from '../evidence/evidence.view';
import { person, said } from '../http/said';
import { Words } from '../http/words';
import { worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { conditionsView, reviewView } from '../outputs/check.view';
import { questionIn } from '#libs/web';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';
import { analysisView, collectionCaveatsOf } from './analysis.view';
import { readResult } from './made-files';
import { analysisIn } from './results';

@Injectable()
export class Reports {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly words: Words,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Self-contained HTML. It is not signed: what was erased since, or said since, stands in it as it is now. */
  async of(call: Call, id: string, files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
    const { language } = this.settings;
    const analysis = analysisIn(call, id);
    const { project } = worldOf(call);
    const question = project.questions.find((each) => each.id === analysis.question);
    const asked = question ? await this.handle.ledger.content(question.content.core) : null;
    const result = readResult(files);
    const method = catalogue[MethodName.parse(analysis.method)];
    const context = await this.words.of({
      ...{ project: said(project.title), registered: analysisView(call, analysis) },
      ...{ checks: checksOf(call, analysis), now: call.now, data: dataOf(call, analysis) },
      ...{
        status: resultStatus(worldOf(call), analysis, call.now),
        core: analysis.ended?.result?.core ?? null,
      },
      ...{ collected: collectionCaveatsOf(call, id), beside: besideView(call, id) },
      conditions: conditionsView(call, analysis),
      review: reviewView(call, analysis),
    });
    return Buffer.from(
      renderReport(
        {
          ...{ title: language.t('report.result', { id }), result, engine: context },
          method: { title: method.title, description: method.description },
          question: questionIn(asked),
          plots: result.plots.map((_plot, at) => String(files.get(`plot-${at + 1}.svg`) ?? '')),
        },
        language,
      ),
    );
  }
}

function checksOf(call: Call, analysis: Analysis) {
  const { programme, project } = worldOf(call);
  const round = roundAbout(project.checkpoints, 'OUTPUT', analysis.id);
  return (round?.decisions ?? []).map(({ person: by, choice, at, withdrawn }) => ({
    ...{ person: person(programme, by), choice, at, withdrawn },
  }));
}

/** Which release it read, and what of it came from where. */
function dataOf(call: Call, { release: id }: Analysis) {
  const { project } = worldOf(call);
  const release = project.releases[id];
  return {
    ...{ release: id, wave: release?.wave ?? null, tier: release?.tier ?? null },
    ...{ purpose: release?.purpose ?? null, digest: release?.sealed?.digest ?? null },
    supplies: release ? suppliesOf(project, release) : [],
  };
}

// The legal file of a boundary: drafted in versions, prefilled from the project, advised on, never signed without all its parts (B53).
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ADVICES,
  adviceStandingAgainst,
  ARTICLE_6,
  ARTICLE_9,
  LEGAL_PARTS,
  missingParts,
  prefilled,
  RESIDUAL_RISKS,
} from '#libs/domain';
import type { LegalFile, LegalPart, LegalParts } from '#libs/domain';
import { commitText, contentOf } from '#libs/ledger';
import type { DraftText } from '#libs/ledger';
import { z } from 'zod';
import { Because, FreeText, ScopeField } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { LegalFileShown } from '../http/shown-safeguards';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { prefilledParts } from './prefilled';

const Part = z.union([z.strictObject({ text: FreeText }), z.strictObject({ notApplicable: FreeText })], {
  error: 'either in words, or why it is not applicable',
});
export type PartIn = z.infer<typeof Part>;
export const Draft = z.strictObject({
  scope: ScopeField,
  parts: z
    .partialRecord(z.enum(LEGAL_PARTS), Part)
    .describe('Each part in words, or why it is not applicable. What the project says already is filled in.'),
  article6: z.enum(ARTICLE_6).nullable().default(null),
  article9: z.enum(ARTICLE_9).nullable().default(null),
  residualRisk: z.enum(RESIDUAL_RISKS).nullable().default(null),
});
export const AdviceIn = z.strictObject({ advice: z.enum(ADVICES), text: FreeText });

@ApiTags('legal files')
@Controller('projects/:project/legal-files')
export class LegalFilesController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('legal.draft', 'Drafts a version of the legal file, for the boundary of this scope')
  draft(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Draft }) { scope, parts: given, ...terms }: z.infer<typeof Draft>,
  ) {
    return this.commands.onProject(call, project, (world, now) => {
      const words = { ...prefilledParts(prefilled(world, scope, now)), ...given };
      const content = contentOf({ format: 1, kind: 'LEGAL_FILE', scope, parts: words, ...terms });
      const { parts, texts } = committed(words);
      const command = { type: 'DraftLegalFile', scope, parts, ...terms, digest: content.id } as const;
      return { command, texts, contents: [content] };
    });
  }

  @Get()
  @Shows('project.read', 'Lists the versions of the legal file', pageOf(LegalFileShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      worldOf(call).project.legalFiles.map((file) => legalFileView(call, file)),
      query,
    );
  }

  @Get(':version')
  @Shows('project.read', 'Shows a version of the legal file, and what it lacks', LegalFileShown)
  show(@Calling() call: Call, @Param('version') id: string) {
    const found = worldOf(call).project.legalFiles.find((f) => f.id === id);
    return legalFileView(call, found ?? notFound('legal file', id));
  }

  @Post(':version/advice')
  @Does('legal.advise', 'Records the data protection officer’s advice; it neither signs nor vetoes')
  advise(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('version') file: string,
    @Body({ schema: AdviceIn }) { advice, text: words }: z.infer<typeof AdviceIn>,
  ) {
    const text = commitText(words);
    const command = {
      ...({ type: 'RecordAdvice', file, advice } as const),
      ...({ text: text.commitment, assurance: 'ACCOUNT' } as const),
    };
    return this.commands.decideOnProject(call, project, () => ({ command, texts: [text] }), file);
  }

  @Post(':version/override')
  @Does('legal.override', 'Says, as risk owner, why the advice is not followed; every signer reads it')
  override(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('version') file: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = {
      ...({ type: 'OverrideAdvice', file } as const),
      ...({ reason: reason.commitment, assurance: 'ACCOUNT' } as const),
    };
    return this.commands.decideOnProject(call, project, () => ({ command, texts: [reason] }), file);
  }
}

/** Each part as an entry whose words are kept apart. */
function committed(words: Partial<Record<LegalPart, PartIn>>): { parts: LegalParts; texts: DraftText[] } {
  const texts: DraftText[] = [];
  const parts: LegalParts = {};
  for (const part of LEGAL_PARTS) {
    const given = words[part];
    if (given === undefined) continue;
    const text = commitText('text' in given ? given.text : given.notApplicable);
    texts.push(text);
    parts[part] = { state: 'text' in given ? 'PRESENT' : 'NOT_APPLICABLE', text: text.commitment };
  }
  return { parts, texts };
}

function legalFileView(call: Call, file: LegalFile) {
  const { programme, project } = worldOf(call);
  const { id, at, digest, article6, article9, residualRisk } = file;
  return {
    ...{ id, at, digest, article6, article9, residualRisk },
    isLatest: project.legalFiles.at(-1)?.id === id,
    parts: LEGAL_PARTS.map((part) => {
      const entry = file.parts[part];
      return { part, state: entry?.state ?? ('MISSING' as const), text: said(entry?.text) };
    }),
    missing: missingParts(file),
    advice: file.advice.map((a) => ({
      ...{ advice: a.advice, at: a.at, person: person(programme, a.person), text: said(a.text) },
    })),
    overrides: file.overrides.map((o) => ({
      ...{ at: o.at, person: person(programme, o.person), reason: said(o.reason) },
    })),
    standingAgainst: adviceStandingAgainst(file).map((id) => person(programme, id)),
  };
}

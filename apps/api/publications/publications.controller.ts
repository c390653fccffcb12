// Publication of findings: partners comment and dissent, a person publishes; what is not published says why.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { COMMENT_SUBJECTS, commentsEnd, PUBLICATION_STATUSES, publicationStatus } from '#libs/domain';
import { z } from 'zod';
import { committed } from '../http/committed';
import { Because, FreeText, LocalId, Nothing } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { organisation, person, said } from '../http/said';
import { Erasable, Named, pageOf } from '../http/shown';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const Propose = z.strictObject({ insight: LocalId });
export const Comment = z.strictObject({ about: z.enum(COMMENT_SUBJECTS), text: FreeText });
export const Word = z.strictObject({ text: FreeText });
export const Contact = z.strictObject({ contact: FreeText });
const Whose = { person: Named, organisation: Named, text: Erasable, at: z.string() };
const Done = z.object({ person: Named, at: z.string() });
const PublicationShown = z.object({
  ...{ id: z.string(), insight: z.string(), summary: z.int(), status: z.enum(PUBLICATION_STATUSES) },
  ...{ person: Named, at: z.string(), commentsUntil: z.string(), text: Erasable },
  comments: z.array(
    z.object({
      ...{ ...Whose, id: z.string(), about: z.enum(COMMENT_SUBJECTS) },
      answer: Done.extend({ text: Erasable }).nullable(),
    }),
  ),
  dissents: z.array(z.object(Whose)),
  published: Done.nullable(),
});

@ApiTags('publications')
@Controller('projects/:project')
export class PublicationsController {
  constructor(private readonly commands: Commands) {}

  @Post('publications')
  @Does('publication.decide', 'Puts a finding before the partners: they have 20 working days to comment')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Propose }) { insight }: z.infer<typeof Propose>,
  ) {
    const command = { type: 'ProposePublication', insight } as const;
    return this.commands.onProject(call, project, () => ({ command }));
  }

  @Get('publications')
  @Shows('project.read', 'Lists the publications with comments and dissents', pageOf(PublicationShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const { programme, project } = worldOf(call);
    const by = <T extends { person: string }>(one: T) => ({ ...one, person: person(programme, one.person) });
    const whose = <T extends { person: string; organisation: string; text: string }>(one: T) => ({
      ...{ ...by(one), organisation: organisation(programme, one.organisation), text: said(one.text) },
    });
    return slice(
      Object.values(project.publications).map((each) => ({
        ...{ ...by(each), status: publicationStatus(project, each, call.now) },
        commentsUntil: commentsEnd(project, each, call.now),
        text: said(
          project.insights
            .find(({ id }) => id === each.insight)
            ?.summaries.find(({ version }) => version === each.summary)?.text,
        ),
        comments: each.comments.map((comment) => ({
          ...whose(comment),
          answer: comment.answer && { ...by(comment.answer), text: said(comment.answer.text) },
        })),
        dissents: each.dissents.map(whose),
        published: each.published && by(each.published),
      })),
      query,
    );
  }

  @Post('publications/:publication/comments')
  @Does('publication.speak', 'Comments on facts or confidentiality, while the period runs')
  comment(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('publication') publication: string,
    @Body({ schema: Comment }) body: z.infer<typeof Comment>,
  ) {
    const words = { type: 'CommentOnPublication', publication, ...body } as const;
    return this.commands.onProject(call, project, () => committed(words, 'text'));
  }

  @Post('publications/:publication/comments/:comment/answer')
  @Does('publication.speak', 'Answers a comment')
  answer(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('publication') publication: string,
    @Param('comment') comment: string,
    @Body({ schema: Word }) { text }: z.infer<typeof Word>,
  ) {
    const words = { type: 'AnswerComment', publication, comment, text } as const;
    return this.commands.onProject(call, project, () => committed(words, 'text'), comment);
  }

  @Post('publications/:publication/dissents')
  @Does('publication.speak', 'Attaches a dissent, which stands beside what is published')
  dissent(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('publication') publication: string,
    @Body({ schema: Word }) { text }: z.infer<typeof Word>,
  ) {
    const words = { type: 'DissentFromPublication', publication, text } as const;
    return this.commands.onProject(call, project, () => committed(words, 'text'), publication);
  }

  @Post('publications/:publication/publication')
  @Does('publication.decide', 'Publishes, once the comment period is over and each comment answered')
  publish(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('publication') publication: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    const command = { type: 'PublishFinding', publication } as const;
    return this.commands.onProject(call, project, () => ({ command }), publication);
  }

  @Post('insights/:insight/withholding')
  @Does('publication.decide', 'Keeps a finding unpublished; the public register says why')
  withhold(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('insight') insight: string,
    @Body({ schema: Because }) { reason }: z.infer<typeof Because>,
  ) {
    const words = { type: 'WithholdFinding', insight, reason } as const;
    return this.commands.onProject(call, project, () => committed(words, 'reason'), insight);
  }

  @Post('contact')
  @Does('publication.decide', 'Names the contact the public register shows')
  contact(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Contact }) { contact }: z.infer<typeof Contact>,
  ) {
    const words = { type: 'NameContact', contact } as const;
    return this.commands.onProject(call, project, () => committed(words, 'contact'));
  }
}

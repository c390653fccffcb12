// TypeORM entities of the read models that are queried across streams; they never leave this folder.
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'parley', name: 'programme_view' })
export class ProgrammeViewEntity {
  @PrimaryColumn('text') stream!: string;
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) agreement!: string | null;
}

@Entity({ schema: 'parley', name: 'project_view' })
export class ProjectViewEntity {
  @PrimaryColumn('text') stream!: string;
  @PrimaryColumn('text') id!: string;
  @Column('text') programme!: string;
  @Column('text') title!: string;
  @Column('text') lead!: string;
  @Column('text', { name: 'started_at' }) startedAt!: string;
  @Column('text', { name: 'suspended_since', nullable: true }) suspendedSince!: string | null;
  @Column('text', { name: 'closed_at', nullable: true }) closedAt!: string | null;
  @Column('text', { nullable: true }) cycle!: string | null;
  @Column('text') tempo!: string;
}

/** What the data source of a reading process registers. */
export const VIEW_ENTITIES = [ProgrammeViewEntity, ProjectViewEntity];

// Recording that a project was exported: whoever may read it may carry it away, each in their own profile.
import type { Handler, Handlers } from '../decide/context';
import { accept, nextId, onRoster } from '../decide/context';
import { refuse } from '../refusal';

const recordExport: Handler<'RecordExport'> = (context, { profile, manifest }) => {
  const by = onRoster(context, profile === 'auditor' ? ['auditor'] : []);
  if (!by.ok) return by;
  if (!/^[0-9a-f]{64}$/.test(manifest))
    return refuse('INVALID', 'MANIFEST', 'the manifest is no SHA-256 in hex', 'export it again');
  const { programme, project } = context.world;
  const upTo = { programmeVersion: programme.version, projectVersion: project.version };
  return accept({
    type: 'ProjectExported',
    data: { export: nextId(context, 'exp'), profile, person: by.person, manifest, ...upTo },
  });
};

export const exportHandlers: Pick<Handlers, 'RecordExport'> = { RecordExport: recordExport };

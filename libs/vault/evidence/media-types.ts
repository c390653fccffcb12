// Which files may stand as evidence, and whether one is what it is declared to be. Nothing a browser would run is among them.
import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';
import { VaultRefusal } from '../objects/failures';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';

/** Each accepted media type with the ending its file gets when it is handed out; text types have no mark to know them by. */
export const EVIDENCE_MEDIA_TYPES: Record<string, { ending: string; isText: boolean }> = {
  'application/pdf': { ending: 'pdf', isText: false },
  [`${OFFICE}.wordprocessingml.document`]: { ending: 'docx', isText: false },
  [`${OFFICE}.spreadsheetml.sheet`]: { ending: 'xlsx', isText: false },
  [`${OFFICE}.presentationml.presentation`]: { ending: 'pptx', isText: false },
  [`${OPEN}.text`]: { ending: 'odt', isText: false },
  [`${OPEN}.spreadsheet`]: { ending: 'ods', isText: false },
  'image/png': { ending: 'png', isText: false },
  'image/jpeg': { ending: 'jpg', isText: false },
  'text/plain': { ending: 'txt', isText: true },
  'text/csv': { ending: 'csv', isText: true },
  'message/rfc822': { ending: 'eml', isText: true },
};

/** Refuses a type that is not accepted, before anything is read. */
export function acceptedType(mediaType: string): { ending: string; isText: boolean } {
  const known = Object.hasOwn(EVIDENCE_MEDIA_TYPES, mediaType) ? EVIDENCE_MEDIA_TYPES[mediaType] : undefined;
  if (known) return known;
  throw new VaultRefusal(
    'WRONG_TYPE',
    `Files of type ${mediaType.slice(0, 80) || '(none)'} are not taken as evidence; accepted are ${Object.keys(EVIDENCE_MEDIA_TYPES).join(', ')}.`,
  );
}

/** Refuses a file whose bytes say something else than its declaration. */
export async function checkType(mediaType: string, bytes: Buffer): Promise<void> {
  const { isText } = acceptedType(mediaType);
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  if (!isText && found === mediaType) return;
  // Text has no mark of its own: it is what nothing else claims, in UTF-8, without the byte that only binary files hold.
  if (isText && found === undefined && isUtf8(bytes) && !bytes.includes(0)) return;
  const seen = found ?? (isUtf8(bytes) && !bytes.includes(0) ? 'text' : 'of no known type');
  throw new VaultRefusal(
    'WRONG_TYPE',
    `The file is declared as ${mediaType}, and its bytes are ${seen}. Nothing was kept; declare what it is.`,
  );
}

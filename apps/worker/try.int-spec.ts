import { Engine } from './testing/engine';
jest.setTimeout(60_000);
it('x', async () => {
  const engine = await Engine.open();
  await engine.work();
  for (const [name, take] of engine.journey.steps.slice(0, 6)) await take();
  await engine.journey.until('invite', ({ project }) => project.deposits['d1']);
  await new Promise((r) => setTimeout(r, 300));
  for (const { id, status, history } of await engine.histories()) {
    console.log(id, status, history.events!.length, history.events!.map((e) => Object.keys(e).find((k) => k.endsWith('Attributes') && (e as any)[k])!.replace('EventAttributes', '')).join(' '));
    if (id.startsWith('project')) console.log(Buffer.from((history.events!.filter((e) => e.markerRecordedEventAttributes).at(-1)!.markerRecordedEventAttributes!.details as any).data?.payloads[0].data ?? '').toString(), JSON.stringify(history.events!.filter((e) => e.markerRecordedEventAttributes).at(-1)!.markerRecordedEventAttributes!.details).length);
  }
  const t = Date.now(); await engine.close();
console.log("close", Date.now()-t);});

// Hears every command that goes through a setting's ledgers: what it was and how long it took.
import type { Setting } from '#libs/testing';

const WAYS = [
  'onProject',
  'byAccount',
  'byLink',
  'receiveDeposit',
  'openDeposit',
  'sealRelease',
  'givePermit',
] as const;

type Call = (...given: unknown[]) => Promise<unknown>;
interface Given {
  command?: { type: string };
}

/** `heard` gets the command's type (the way's name, if the way itself is the command) and the milliseconds until it was done. */
export function listenTo(setting: Setting, heard: (what: string, took: number) => void): void {
  for (const { ledger } of Object.values(setting.processes)) {
    for (const way of WAYS) {
      const call = ledger[way].bind(ledger) as Call;
      const listening: Call = async (...given) => {
        let what: string = way;
        const learn = (draft: Given) => ((what = draft.command?.type ?? what), draft);
        const passed = given.map((each) => {
          if (typeof each === 'function')
            return async (...of: unknown[]) => learn((await (each as Call)(...of)) as Given);
          return typeof each === 'object' && each !== null && !('process' in each) ? learn(each) : each;
        });
        const started = performance.now();
        const result = await call(...passed);
        heard(what, performance.now() - started);
        return result;
      };
      Object.assign(ledger, { [way]: listening });
    }
  }
}

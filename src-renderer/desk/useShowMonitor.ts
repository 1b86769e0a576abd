import { useCallback } from 'react';
import { useDesk } from './deskFeed';
import { useDeskState } from './deskState';

/** Shows the waiting-room monitor: the program's own window, or in a browser the page of it. */
export const useShowMonitor = (): (() => void) => {
  const { bridge } = useDesk();
  return useCallback(() => {
    void bridge.request('showMonitor', {}).then((answer) => {
      if (!answer.ok) useDeskState.getState().refuse(answer.error, null);
      else if (!answer.data.shown) open('/monitor', '_blank', 'noopener');
    });
  }, [bridge]);
};

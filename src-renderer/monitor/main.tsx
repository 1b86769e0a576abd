import '../jitless';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/noto-sans-arabic/index.css';
import '@fontsource/barlow-condensed/700.css';
import './monitor.css';
import type { MonitorBridge } from '@shared/views/monitorBridge';
import { createRoot } from 'react-dom/client';
import { MonitorApp } from './MonitorApp';

declare global {
  interface Window {
    /** Given by the preload script in Anteroom's own monitor window. */
    readonly anteroomMonitor?: MonitorBridge;
  }
}

const root = document.getElementById('root');
if (!root) throw new Error('monitor.html has no element with the id root');
if (new URLSearchParams(location.search).get('theme') === 'light') document.body.dataset['theme'] = 'light';
createRoot(root).render(<MonitorApp bridge={window.anteroomMonitor} />);

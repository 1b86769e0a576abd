import '../jitless';
import '../styles/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openDeskBridge } from '@/bridge/deskBridge';
import { DeskApp } from './DeskApp';
import { createDeskFeed } from './deskFeed';
import { applySettings } from './settings';

applySettings();
const bridge = openDeskBridge();
const root = document.getElementById('root');
if (!root) throw new Error('desk.html has no #root');
createRoot(root).render(
  <StrictMode>
    <DeskApp bridge={bridge} feed={createDeskFeed(bridge)} />
  </StrictMode>,
);

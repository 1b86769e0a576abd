import {
  ArrowLeftRight,
  ArrowRight,
  ArrowUp,
  Bell,
  Check,
  ChevronDown,
  ChevronsUp,
  ChevronUp,
  Clock,
  CloudCheck,
  CloudOff,
  DoorOpen,
  Ellipsis,
  Equal,
  EyeOff,
  Hand,
  Link2,
  type LucideIcon,
  Megaphone,
  Monitor,
  MoonStar,
  OctagonAlert,
  Pause,
  Pencil,
  Play,
  Plus,
  RefreshCw,
  Search,
  Settings2,
  SlidersVertical,
  TextAlignStart,
  TriangleAlert,
  Undo2,
  User,
  UserPlus,
  Volume2,
  VolumeX,
  X,
} from 'lucide-react';

/** The desk's pictures by meaning, so that one meaning has one shape everywhere (a status is never told by colour alone). */
const icons = {
  search: Search,
  sent: CloudCheck,
  offline: CloudOff,
  sending: RefreshCw,
  bell: Bell,
  close: X,
  emergency: OctagonAlert,
  screen: Monitor,
  settings: Settings2,
  setup: SlidersVertical,
  add: Plus,
  addUser: UserPlus,
  up: ChevronUp,
  upUp: ChevronsUp,
  down: ChevronDown,
  chevron: ChevronDown,
  equal: Equal,
  order: TextAlignStart,
  moved: ArrowUp,
  hold: Pause,
  transfer: ArrowLeftRight,
  more: Ellipsis,
  clock: Clock,
  hideName: EyeOff,
  hand: Hand,
  arrow: ArrowRight,
  call: Megaphone,
  start: Play,
  person: User,
  door: DoorOpen,
  warning: TriangleAlert,
  sound: Volume2,
  silent: VolumeX,
  undo: Undo2,
  check: Check,
  edit: Pencil,
  link: Link2,
  away: MoonStar,
} satisfies Record<string, LucideIcon>;

export type IconName = keyof typeof icons;

/** Pictures that point somewhere turn round in a mirrored page; clocks, ticks and figures do not. */
const DIRECTED: ReadonlySet<IconName> = new Set(['arrow', 'call', 'start', 'transfer', 'order', 'undo', 'sound', 'silent']);

/** A picture beside words; the words carry the meaning, so it is hidden from screen readers. */
export const Icon = ({ name, size }: { name: IconName; size?: 'sm' | 'lg' | 'page' }) => {
  const Shape = icons[name];
  const classes = ['icon', DIRECTED.has(name) && 'icon-dir', size === 'page' ? 'page-icon' : size && `icon-${size}`]
    .filter(Boolean)
    .join(' ');
  return <Shape className={classes} aria-hidden="true" focusable="false" />;
};

/** Queues that may take each other's patients. */
export const PoolIcon = () => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="7" cy="7" r="3" />
    <circle cx="17" cy="7" r="3" />
    <circle cx="12" cy="17" r="3" />
  </svg>
);

/** The product's mark: two doors, one of them open. */
export const Logo = () => (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" aria-hidden="true">
    <path d="M4 20V6.5A2.5 2.5 0 0 1 6.5 4H14v16M14 7h3.500A2.5 2.5 0 0 1 20 9.500V20M2.5 20h19" />
    <circle cx="10.6" cy="12.5" r="1" fill="currentColor" stroke="none" />
  </svg>
);

import { type ReactNode, useLayoutEffect, useRef } from 'react';

/**
 * One line that shrinks until it fits its box: `font-size` is multiplied by `--fit` in the style sheet. Wider tickets and
 * long room names stay whole on every screen.
 */
export const FitText = ({ className, children }: { readonly className: string; readonly children: ReactNode }) => {
  const box = useRef<HTMLSpanElement>(null);
  const line = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the line's width follows from the text
  useLayoutEffect(() => {
    const outer = box.current;
    const inner = line.current;
    if (!outer || !inner) return;
    const shrink = () => {
      outer.style.setProperty('--fit', '1');
      const ratio = outer.clientWidth / inner.offsetWidth;
      if (Number.isFinite(ratio) && ratio < 1) outer.style.setProperty('--fit', String(Math.floor(ratio * 1000) / 1000));
    };
    shrink();
    // the box gets its width from the grid, and the text its own from the fonts
    const observer = new ResizeObserver(shrink);
    observer.observe(outer);
    void document.fonts.ready.then(shrink);
    return () => observer.disconnect();
  }, [children]);
  return (
    <span className={`fit ${className}`} ref={box}>
      <span className="fit-line" ref={line}>
        {children}
      </span>
    </span>
  );
};

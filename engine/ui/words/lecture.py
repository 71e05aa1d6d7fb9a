"""The lecture kit: presenter mode, the tour, sharing, the speaker's window."""

WORDS = {
    # --- keys
    "keys.next": ("one time step; on the tour its next stop", "前进一个时间步；导览中到下一站"),
    "keys.previous": ("one step back; on the tour the stop before", "后退一步；导览中到上一站"),
    "keys.tour": ("begin or leave the guided tour", "开始或离开导览"),
    "keys.present": ("present: the stage alone, or as it was", "演示模式，再按一次退出"),
    "keys.blank": ("blank the stage, or show it again", "黑屏，再按一次恢复"),
    "keys.full": ("full screen, or as it was", "全屏，再按一次恢复"),
    "keys.share": ("link and QR code of this step", "这一步的链接和二维码"),
    "keys.speaker": ("the speaker's window", "演讲者窗口"),
    # --- beside the title
    "lecture.tour": ("Tour", "导览"),
    "lecture.tour.help": ("A guided tour of the lecture's ideas (key t)", "跟着导览了解课上的要点（按键 t）"),
    "lecture.present": ("Present", "演示"),
    "lecture.present.help": (
        "Larger, the stage alone (key p, which also leads back)",
        "放大，只显示采样过程（按键 p，再按一次退出）",
    ),
    "lecture.share": ("Share", "分享"),
    "lecture.share.help": (
        "Link, QR code and embed code of this step (key q)",
        "这一步的链接、二维码和嵌入代码（按键 q）",
    ),
    "present.blanked": ("b shows the stage again", "按 b 恢复显示"),
    # --- sharing
    "share.title": ("Share this step", "分享这一步"),
    "share.scan": (
        "Scan it: the same run at the same step opens on your phone. Explore from here.",
        "扫一扫：手机上会打开同一个序列的同一步，可以从这里自己探索。",
    ),
    "share.qr.alt": ("QR code of the link to t = {t}", "指向 t = {t} 的链接的二维码"),
    "share.too_long": (
        "This link has {count:,} characters, too many for a QR code that the last row could scan. Please copy the link.",
        "这个链接有 {count:,} 个字符，做成二维码太密，最后一排扫不出来。请复制链接。",
    ),
    "share.link": ("Link", "链接"),
    "share.embed": ("In a slide or a page of your own", "嵌入幻灯片或网页"),
    "share.speaker": ("The key s opens the speaker's window.", "按键 s 打开演讲者窗口。"),
    # --- the speaker's window
    "speaker.elapsed": ("Elapsed", "已用时间"),
    "speaker.restart": ("Start again", "重新计时"),
    "speaker.waiting": (
        "Open the stage in another tab of this browser: this window follows it.",
        "请在这个浏览器的另一个标签页打开采样页面：这个窗口会跟随它。",
    ),
    "speaker.now": ("On show: t = {t}", "正在显示：t = {t}"),
    "speaker.next": ("Next", "下一步"),
    "speaker.ended": ("The run has ended.", "序列已经结束。"),
    "speaker.fallen": ("All draws of t = {t} have fallen.", "t = {t} 的抽取都已完成。"),
    "speaker.narration": ("To say", "可以这样讲"),
    "speaker.stop": ("Stop {place}:", "第 {place} 站："),
    # --- the tour
    "tour.offer": ("New here? Take the tour: {count} {count:stop|stops}", "第一次来？跟着导览走：共 {count} 站"),
    "tour.place": ("Stop {place} of {count}", "第 {place} 站，共 {count} 站"),
    "tour.answer": ("Answer", "答案"),
    "tour.next": ("Next stop", "下一站"),
    "tour.next.help": ("Key Page ↓, or a presenter's remote", "按键 Page ↓，或翻页笔"),
    "tour.over": ("That was the tour", "导览结束"),
    "tour.previous": ("Back", "后退"),
    "tour.previous.help": ("Key Page ↑, or a presenter's remote", "按键 Page ↑，或翻页笔"),
    "tour.leave": ("Explore from here", "从这里自己探索"),
    "tour.leave.help": ("Leave the tour; the run stays as it is (key t)", "离开导览，序列保持不变（按键 t）"),
    "tour.asked": (
        "First the question of this stop: what do you think? Then go on, and the answer is shown here.",
        "先回答这一站的问题：你怎么看？想好再继续，答案就会出现。",
    ),
    "tour.passed": (
        "Passed over on the tour, because it cannot be opened: {stop}",
        "导览中有一站无法打开，已跳过：{stop}",
    ),
}

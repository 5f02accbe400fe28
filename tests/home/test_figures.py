"""The check of figures and dates, on sentences with one fault and on sentences with none."""

import pytest
from django.utils import translation

from home.figures import Finding, Kind, Severity, check

WRONG = [
    (Kind.SHARE, "90%", "97,3%", "Đúng hạn đạt tỷ lệ 90% (1.213/1.247 hồ sơ)."),
    (Kind.DATE, "tháng 14/2024", "1–12", "Báo cáo tháng 14/2024."),
    (Kind.DATE, "tháng 0 năm 2024", "1–12", "Báo cáo của tháng 0 năm 2024."),
    (
        Kind.SUM,
        "1.757",
        "1.756",
        (
            "Tổng số TTHC hiện có 1.757 TTHC (trong đó: cấp tỉnh 1.415, cấp huyện 219 và cấp xã 101 và 21 "
            "thủ tục chung 3 cấp)."
        ),
    ),
    (
        Kind.SUM,
        "417",
        "407",
        (
            "Tổng số có 417 thủ tục hành chính (trong đó 300 thủ tục liên thông cùng cấp, 107 thủ tục "
            "liên thông giữa các cấp)."
        ),
    ),
    (
        Kind.SUM,
        "1.257",
        "1.247",
        "Cổng của tỉnh có 1.257 dịch vụ (203 mức độ 3 và 1.044 mức độ 4).",
    ),
    (
        Kind.SUM,
        "247.122",
        "247.212",
        (
            "Đã giải quyết 247.122 hồ sơ (trong đó: 240.225 hồ sơ đúng hạn đạt tỷ lệ 97,2%; 6.987 hồ sơ "
            "trễ hạn, chủ yếu do thao tác)."
        ),
    ),
    (
        Kind.SUM,
        "12.861",
        "259.983",
        (
            "Toàn tỉnh đã tiếp nhận 260.983 hồ sơ. Đã giải quyết 247.122 hồ sơ, 12.861 đang trong hạn "
            "giải quyết."
        ),
    ),
    (
        Kind.SUM,
        "112",
        "111",
        "Toàn tỉnh có 112 đơn vị, gồm: 10 đơn vị cấp huyện và 101 đơn vị cấp xã.",
    ),
    (
        Kind.SUM,
        "5.000",
        "4.900",
        "Năm 2023 tiếp nhận 5.000 hồ sơ, trong đó: 3.200 hồ sơ trực tuyến, 1.700 hồ sơ trực tiếp.",
    ),
    (
        Kind.SUM,
        "1.757",
        "1.766",
        (
            "Tổng số 1.757 TTHC, trong đó:\n- Cấp tỉnh: 1.415 TTHC;\n- Cấp huyện: 219 TTHC;\n- Cấp xã: "
            "132 TTHC."
        ),
    ),
    (
        Kind.SUM,
        "8,5 tỷ",
        "8,3 tỷ",
        "Tổng kinh phí 8,5 tỷ đồng (ngân sách tỉnh 5,2 tỷ đồng, ngân sách huyện 3,1 tỷ đồng).",
    ),
    (
        Kind.SHARE,
        "99,2%",
        "97,2%",
        (
            "Đã giải quyết 247.122 hồ sơ (trong đó: 240.225 hồ sơ đúng hạn đạt tỷ lệ 99,2%; 6.897 hồ sơ "
            "trễ hạn)."
        ),
    ),
    (
        Kind.SHARE,
        "83,1%",
        "93,1%",
        "Có 95/102 xã hoàn thành, đạt tỷ lệ 83,1%.",
    ),
    (
        Kind.SHARE,
        "96,2%",
        "59,4%",
        "Có 1.044 dịch vụ trên tổng số 1.757 TTHC, đạt tỷ lệ 96,2%.",
    ),
    (
        Kind.SHARE,
        "96,2%",
        "59,4%",
        (
            "Tổng số thủ tục hành chính là 1.757. Đã cung cấp 1.044 dịch vụ công, đạt tỷ lệ 96,2% trên "
            "tổng số TTHC."
        ),
    ),
    (
        Kind.SHARE,
        "85%",
        "75%",
        (
            "Tiếp nhận 2.000 hồ sơ, trong đó 1.500 hồ sơ trực tuyến (chiếm 85%), 500 hồ sơ trực tiếp "
            "(chiếm 25%)."
        ),
    ),
    (
        Kind.GROWTH,
        "tăng 360%",
        "171%",
        "Kết quả là 12.100 hồ sơ tăng 360% so với năm 2020 (năm 2020 tổng số hồ sơ trực tuyến là 4.467).",
    ),
    (
        Kind.GROWTH,
        "giảm 20%",
        "12%",
        "Số hồ sơ trễ hạn là 880 hồ sơ, giảm 20% so với năm 2022 (1.000 hồ sơ).",
    ),
    (
        Kind.GROWTH,
        "gấp 5 lần",
        "2,71",
        "Có 12.100 hồ sơ trực tuyến, gấp 5 lần so với năm 2020 (4.467 hồ sơ).",
    ),
    (
        Kind.GROWTH,
        "tăng 12%",
        "10%",
        "Đạt 900 hồ sơ, tăng 12% so với cùng kỳ (1.000 hồ sơ).",
    ),
    (
        Kind.TOTAL,
        "1.020",
        "1.000",
        (
            "Năm nay thêm 612 dịch vụ công, nâng tổng số dịch vụ công của tỉnh lên 1.020 dịch vụ (năm "
            "2020 có 388 DVC)."
        ),
    ),
    (
        Kind.TOTAL,
        "260",
        "250",
        "Cấp mới 50 tài khoản, nâng tổng số tài khoản từ 200 lên 260 tài khoản.",
    ),
    (
        Kind.DATE,
        "ngày 31/11/2021",
        "1–30",
        "Đến ngày 31/11/2021 tỉnh xếp thứ 7/63.",
    ),
    (
        Kind.DATE,
        "ngày 30 tháng 2 năm 2024",
        "1–29",
        "Họp ngày 30 tháng 2 năm 2024 tại trụ sở.",
    ),
    (
        Kind.DATE,
        "ngày 29/02/2023",
        "1–28",
        "Hạn nộp là ngày 29/02/2023.",
    ),
    (
        Kind.DATE,
        "ngày 12/13/2021",
        "1–12",
        "Ban hành ngày 12/13/2021.",
    ),
    (
        Kind.DATE,
        "ngày 31/6",
        "1–30",
        "Trước ngày 31/6 phải báo cáo.",
    ),
    (
        Kind.PERIOD,
        "từ ngày 01 tháng 01 năm 2021 đến ngày 19 tháng 11 năm 2020",
        "ngày 19 tháng 11 năm 2020 – ngày 01 tháng 01 năm 2021",
        "Tính từ ngày 01 tháng 01 năm 2021 đến ngày 19 tháng 11 năm 2020, đã ban hành.",
    ),
    (
        Kind.PERIOD,
        "giai đoạn 2025-2021",
        "2021 – 2025",
        "Kế hoạch giai đoạn 2025-2021 của tỉnh.",
    ),
    (
        Kind.PERIOD,
        "từ tháng 7/2021 đến tháng 3/2021",
        "tháng 3/2021 – tháng 7/2021",
        "Thực hiện từ tháng 7/2021 đến tháng 3/2021.",
    ),
    (
        Kind.PERIOD,
        "15/12/2022 - 14/12/2021",
        "14/12/2021 – 15/12/2022",
        "Số liệu (15/12/2022 - 14/12/2021) do các sở báo.",
    ),
    (
        Kind.PERIOD,
        "Từ năm 2023 đến năm 2021",
        "năm 2021 – 2023",
        "Từ năm 2023 đến năm 2021 có nhiều thay đổi.",
    ),
    (
        Kind.SEPARATOR,
        "1,757",
        "1.757",
        "Có 1.757 TTHC trên Cổng; trong 1,757 TTHC đó có nhiều thủ tục mới.",
    ),
    (
        Kind.SEPARATOR,
        "1044",
        "1.044",
        "Phê duyệt 1.044 dịch vụ; cung cấp 1044 dịch vụ.",
    ),
    (
        Kind.SEPARATOR,
        "8,311.408.820",
        "8.311.408.820",
        "Đã thanh toán 8,311.408.820 đồng.",
    ),
    (
        Kind.SEPARATOR,
        "260,983",
        "260.983",
        "Có 1.757 TTHC và đã tiếp nhận 260,983 hồ sơ.",
    ),
    (
        Kind.DOCUMENT,
        "3167/UBND - TTHCC",
        "3167/UBND-TTHCC",
        "Công văn số 3167/UBND - TTHCC ngày 06 tháng 9 năm 2021.",
    ),
    (
        Kind.DOCUMENT,
        "1104/TTg - KSTT",
        "1104/TTg-KSTT",
        "Công văn số 1104/TTg-KSTT và Công văn số 1104/TTg - KSTT.",
    ),
    (
        Kind.DOCUMENT,
        "61/2018/NĐ-CP",
        "23/04/2018",
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018; Nghị định số 61/2018/NĐ-CP ngày 24 tháng 4 năm 2018.",
    ),
    (
        Kind.SUM,
        "1.250",
        "1.240",
        (
            "Trong quý, Trung tâm nhận 1.250 hồ sơ, bao gồm 800 hồ sơ trực tuyến, 300 hồ sơ trực tiếp và "
            "140 hồ sơ qua bưu chính."
        ),
    ),
    (
        Kind.SUM,
        "420",
        "410",
        "Đội ngũ có 420 người, gồm: 180 cán bộ cấp tỉnh; 150 cán bộ cấp huyện; 80 cán bộ cấp xã.",
    ),
    (
        Kind.SHARE,
        "95%",
        "90%",
        "Đã số hóa 450 trên tổng số 500 hồ sơ, đạt 95%.",
    ),
    (
        Kind.SHARE,
        "95%",
        "90%",
        "Có 450/500 hồ sơ (95%) đúng hạn.",
    ),
    (
        Kind.GROWTH,
        "tăng 25%",
        "9,6%",
        "Thu phí được 12,5 tỷ đồng, tăng 25% so với năm 2022 (11,4 tỷ đồng).",
    ),
    (
        Kind.GROWTH,
        "tăng 10%",
        "2,2%",
        "Tỷ lệ đúng hạn đạt 97,2%, tăng 10% so với năm 2020 (95,1%).",
    ),
    (
        Kind.GROWTH,
        "giảm 30%",
        "25%",
        "Có 300 hồ sơ, giảm 30% so với 400 hồ sơ cùng kỳ.",
    ),
    (
        Kind.TOTAL,
        "1.770",
        "1.769",
        (
            "Tháng này công bố mới 12 thủ tục, nâng tổng số thủ tục hành chính lên 1.770 thủ tục (trước "
            "đó có 1.757 thủ tục)."
        ),
    ),
    (
        Kind.DATE,
        "ngày 31/4",
        "1–30",
        "Hội nghị ngày 31/4 và ngày 30/4.",
    ),
    (
        Kind.DATE,
        "ngày 31 tháng 9 năm 2022",
        "1–30",
        "Theo Công văn ngày 31 tháng 9 năm 2022.",
    ),
    (
        Kind.DATE,
        "Ngày 00/12/2022",
        "1–31",
        "Ngày 00/12/2022 nộp.",
    ),
    (
        Kind.PERIOD,
        "Nhiệm kỳ 2026-2021",
        "2021 – 2026",
        "Nhiệm kỳ 2026-2021 của Hội đồng nhân dân.",
    ),
    (
        Kind.PERIOD,
        "từ ngày 15/12/2022 đến hết ngày 14/12/2022",
        "ngày 14/12/2022 – ngày 15/12/2022",
        "từ ngày 15/12/2022 đến hết ngày 14/12/2022",
    ),
    (
        Kind.PERIOD,
        "từ quý III/2023 đến quý I/2023",
        "quý i/2023 – quý iii/2023",
        "từ quý III/2023 đến quý I/2023",
    ),
    (
        Kind.DOCUMENT,
        "468 /QĐ-TTg",
        "468/QĐ-TTg",
        "Quyết định số 468/QĐ-TTg; Quyết định 468 /QĐ-TTg ngày 27 tháng 3 năm 2021.",
    ),
    (
        Kind.DOCUMENT,
        "468/QĐ-TTg",
        "0468/QĐ-TTg",
        "Quyết định 0468/QĐ-TTg và Quyết định số 468/QĐ-TTg.",
    ),
]
"""What is wrong, the words that are marked, what is expected there, and the sentence."""

RIGHT = [
    "Đúng hạn đạt tỷ lệ 97,3% (1.213/1.247 hồ sơ).",
    "Số hồ sơ tăng 20% (7/2021), tháng 12/2024 và tháng 1 năm 2025 thì giảm.",
    "Quý một tăng 5% so với quý bốn tăng 4%; tăng 5% so với tăng 5% so với kế hoạch.",
    "Hồ sơ gồm: 1/ Đơn; 2/ Bản sao; 3/ Danh mục tài liệu.",
    "Nghị định số 151/2025/NĐ–CP của Chính phủ.",
    (
        "Tổng số TTHC hiện có 1.757 TTHC (trong đó: cấp tỉnh 1.415, cấp huyện 219 và cấp xã 101 và 22 "
        "thủ tục chung 3 cấp)."
    ),
    "Có 120 hồ sơ trễ hạn, trong đó 30 hồ sơ do lỗi phần mềm, 20 hồ sơ do công dân.",
    "Nộp 01 bộ hồ sơ (gồm 01 bản chính, 02 bản sao).",
    "Hội đồng có 9 thành viên, gồm 1 chủ tịch, 2 phó chủ tịch và các ủy viên.",
    "Có 100 cán bộ, trong đó 60 nam, 40 nữ, 10 đảng viên trẻ.",
    "Tỉnh xếp thứ 7/63 tỉnh, thành phố; năm 2020 xếp thứ 19/63.",
    "Thanh toán hơn 08 tỷ đồng (8.311.408.820 đồng).",
    "Đạt 80% (năm 2020 là 16,5%).",
    "Có 95/102 xã hoàn thành, đạt tỷ lệ 93,1%.",
    "Đạt 1.044 dịch vụ, đạt tỷ lệ 110% kế hoạch.",
    "Kết quả là 12.100 hồ sơ tăng 171% so với năm 2020 (4.467 hồ sơ).",
    "Kết quả là 12.100 hồ sơ tăng hơn 170% so với năm 2020 (4.467 hồ sơ).",
    "Tỷ lệ đạt 80%, tăng 5% so với năm 2020 (75%).",
    "Số hồ sơ là 880, giảm 12% so với năm 2022 (1.000 hồ sơ).",
    "Có 12.100 hồ sơ, gấp 2,7 lần so với năm 2020 (4.467 hồ sơ).",
    "Có 12.100 hồ sơ, tăng 2,5% so với tháng trước; năm 2020 có 4.467 hồ sơ.",
    "Thêm 612 dịch vụ, nâng tổng số dịch vụ lên 1.000 dịch vụ (năm 2020 có 388 dịch vụ).",
    "Hạn nộp là ngày 29/02/2024, báo cáo ngày 31/12/2024.",
    "Kế hoạch giai đoạn 2021-2025; năm học 2023 - 2024.",
    "Từ ngày 25 đến ngày 05 hằng tháng; từ tháng 10 đến tháng 3 năm sau.",
    "Từ ngày 15/11 đến ngày 15/3/2022 nhận đơn.",
    "Diện tích 1,757 ha; dân số 1.757 người.",
    "Tỷ lệ 20,61% và 71%; hệ số 1,125.",
    "Năm 2021 có 2.021 hồ sơ.",
    "Quyết định số 12/QĐ-UBND ngày 05/01/2020 và Quyết định số 12/QĐ-UBND ngày 07/01/2021.",
    "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018; Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018.",
    "Thời hạn 03 tháng 20 ngày kể từ ngày nhận hồ sơ.",
    "Bảo hành 12 tháng; tháng 13 là tháng lương thưởng.",
    "Theo khoản 1, 2, 3 Điều 5 Nghị định 61/2018/NĐ-CP (khoản 4 và 5).",
    "Mã thủ tục 1.001193 và 1.001193.000.00.00.H48.",
    "Gọi số 0255.3000.201 hoặc 1900 1234.",
    "Đến 31/12/2023 có 102 xã (60 xã, 42 phường, thị trấn).",
    ("Toàn tỉnh đã tiếp nhận 260.983 hồ sơ, giải quyết 247.122 hồ sơ, còn 13.861 hồ sơ đang giải quyết."),
    "Tiếp nhận 1.000 hồ sơ, đã giải quyết 900 hồ sơ, 80 hồ sơ đang giải quyết, 20 hồ sơ trả lại.",
    "Tổng kinh phí 8,5 tỷ đồng (ngân sách tỉnh 5,2 tỷ đồng, ngân sách huyện 3,3 tỷ đồng).",
    "Tổng kinh phí 8,5 tỷ đồng (ngân sách tỉnh 5.200 triệu đồng, ngân sách huyện 3.300 triệu đồng).",
    "Mức thu 150.000 đồng (100.000 đồng/lần đầu, 60.000 đồng/lần sau).",
    "Khoảng 5.000 hồ sơ (3.200 trực tuyến, 1.700 trực tiếp).",
    "Có 12 đến 14 công chức (5 của sở này, 8 của sở kia).",
    "Giao 20 biên chế, trong đó 12 biên chế công chức, 7 viên chức, tăng 2 biên chế so với năm 2022.",
    "Từ ngày 01/7/2021 đến ngày 30/11/2021; từ 01/7/2021-31/7/2021.",
    "Trong tổng số 3.436 công chức có 1.700 công chức dùng chữ ký số, chiếm 49,5%.",
    "Có 1.247 dịch vụ (203 mức độ 3 và 1.044 mức độ 4) đạt tỷ lệ 71% trên tổng số 1.757 thủ tục.",
    "Đạt 97,2% (240.225/247.122 hồ sơ).",
    "Đạt tỷ lệ 97,2% (240.225 hồ sơ trên tổng số 247.122 hồ sơ).",
    "Mức độ hài lòng đạt 98,5%, vượt 3,5% so với chỉ tiêu (95%).",
    "Năm 2021 tăng 475 dịch vụ công mức độ 3,4 so với năm 2020.",
    "Giảm 30% thời gian giải quyết so với quy định (từ 20 ngày còn 14 ngày).",
    "Thời hạn giảm 50% so với quy định (10 ngày).",
    "Giảm từ 15 ngày xuống 10 ngày, giảm 33% so với trước.",
    "Tiết kiệm 1.500 giờ làm việc, tăng 20% so với năm ngoái.",
    "Toàn tỉnh có 102 đơn vị hành chính cấp xã, trong đó 86 xã, 10 phường, 6 thị trấn.",
    "Từ ngày 01/7/2025, tỉnh có 96 đơn vị hành chính cấp xã (86 xã, 9 phường và 1 đặc khu).",
    "Nộp 02 bộ hồ sơ, mỗi bộ gồm 01 đơn, 02 ảnh 4x6 và 01 bản sao.",
    "Phạt tiền từ 1.000.000 đồng đến 2.000.000 đồng (cá nhân 1.000.000 đồng, tổ chức 2.000.000 đồng).",
    "Lệ phí 100.000 đồng (trực tuyến 50.000 đồng, trực tiếp 100.000 đồng).",
    "Kinh phí 500 triệu đồng (trong đó vay 100 triệu đồng, tự có 200 triệu đồng).",
    "Lớp học có 35 học sinh (20 nam, 15 nữ).",
    "Có 35 ý kiến (30 đồng ý, 3 không đồng ý).",
    "Điện thoại: (0260) 3862 304; fax 3862304.",
    (
        "Quyết định số 12/QĐ-UBND ngày 05/01/2020 của UBND tỉnh và số 12/QĐ-UBND ngày 07/02/2020 của "
        "UBND huyện."
    ),
    "Thông tư 15/2023/TT-BTC; Thông tư 15/2023/TT-BCA.",
    "Nghị định số 45/2020/NĐ-CP, Nghị định 45/2020/NĐ-CP.",
    "TCVN ISO 9001:2015; phiên bản 2.1; IP 10.0.0.1; ngày 01.02.2023.",
    "Kết quả 1/2/2024 và 15-12-2023; tỷ số 3-2; 2-1-2024.",
    "Tháng 13/2021 không có trong lương tháng 13.",
    "Khung giờ: từ 13 giờ 30 đến 11 giờ 30 hôm sau.",
    "Cột mốc: 2025-2030; 2030, 2045; QCVN 2021-2022.",
    "Số tài khoản 1044 2233 4455 mở tại ngân hàng; 1.044 hồ sơ.",
    "Mã bưu chính 1044; có 1.044 hồ sơ.",
    "Ngày sinh 30/4/1975 - 30/4/1974 không phải kỳ.",
    "Có 5/10 chỉ tiêu đạt 100%.",
    "Toàn tỉnh có 10/10 huyện (100%), 102/102 xã (100%) hoàn thành.",
    "Đã có 3 sở, 5 huyện đạt 100% và 2 sở đạt 95%.",
    "Tiếp nhận 500 hồ sơ, đạt tỷ lệ 100% giải quyết đúng hạn.",
    "Tiếp nhận 500 hồ sơ, trong đó giải quyết đúng hạn 98%, trễ hạn 2%.",
    "Trong 500 hồ sơ có 300 hồ sơ nộp trực tuyến, đạt 60%; 200 hồ sơ nộp trực tiếp, đạt 40%.",
    "Giải ngân 120,5 tỷ đồng/150 tỷ đồng, đạt 80,3% kế hoạch.",
    "Dân số 540.438 người (nam 271.619 người, nữ 268.819 người).",
    "Số thu 1.234,5 tỷ đồng (thuế 1.000,2 tỷ đồng; phí 234,3 tỷ đồng).",
]


@pytest.mark.parametrize(("kind", "marked", "expected", "sentence"), WRONG)
def test_what_is_wrong_is_found(kind: Kind, marked: str, expected: str, sentence: str) -> None:
    findings = check(sentence)
    assert [(found.kind, found.marked, found.expected) for found in findings] == [(kind, marked, expected)]


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_is_right_or_open_is_left_alone(sentence: str) -> None:
    assert check(sentence) == []


def only(text: str) -> Finding:
    (finding,) = check(text)
    return finding


def test_a_finding_says_where_it_stands() -> None:
    text = "Mở đầu.\nHội nghị họp ngày 31/11/2021 tại Kon Tum. Câu sau."
    finding = only(text)
    assert text[finding.start : finding.end] == finding.marked == "ngày 31/11/2021"
    assert finding.sentence == "Hội nghị họp ngày 31/11/2021 tại Kon Tum."
    assert text[finding.sentence_start : finding.sentence_end] == finding.sentence
    assert finding.before + finding.marked + finding.after == finding.sentence


@pytest.mark.parametrize(
    ("severity", "sentence"),
    [
        (Severity.WRONG, "Hội nghị họp ngày 31/11/2021."),
        (Severity.WRONG, "Có 112 đơn vị, gồm: 10 đơn vị cấp huyện và 101 đơn vị cấp xã."),
        (Severity.DOUBT, "Có 112 đơn vị, trong đó 10 đơn vị cấp huyện và 101 đơn vị cấp xã."),
        (Severity.FORM, "Công văn số 3167/UBND - TTHCC."),
    ],
)
def test_how_sure_it_is(severity: Severity, sentence: str) -> None:
    assert only(sentence).severity is severity


def test_the_arithmetic_is_given() -> None:
    text = "Thêm 612 dịch vụ, nâng tổng số dịch vụ lên 1.020 dịch vụ (năm 2020 có 388 dịch vụ)."
    with translation.override("en"):
        assert only(text).message == "612 + 388 = 1.000, but the text says 1.020."


def test_an_earlier_sentence_states_the_base() -> None:
    text = "Tổng số TTHC trên địa bàn tỉnh có 1.757 TTHC.\nTổng số TTHC liên thông có 417 TTHC.\n"
    right = "Đã cung cấp 1.247 dịch vụ, đạt tỷ lệ 71% trên tổng số thủ tục hành chính."
    assert check(text + right) == []
    assert only(text + right.replace("71%", "81%")).expected == "71%"

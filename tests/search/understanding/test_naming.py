"""What a name says."""

import pytest

from search.understanding.naming import About, Act, about, acts_of, name_keys, spelled_out


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("Cấp giấy phép lái xe", [Act.FIRST]),
        ("Thủ tục đăng ký khai sinh", [Act.FIRST]),
        ("Cấp lại giấy phép lái xe", [Act.AGAIN]),
        ("Cấp, cấp lại giấy phép", [Act.AGAIN, Act.FIRST]),
        ("Cấp đổi thẻ căn cước", [Act.EXCHANGE]),
        ("Thay đổi, cải chính hộ tịch", [Act.CHANGE]),
        ("Gia hạn tạm trú", [Act.RENEW]),
        ("Trả lại giấy phép", [Act.END]),
        ("Thu hồi thẻ", [Act.END]),
    ],
)
def test_what_a_procedure_does(name: str, acts: list[Act]) -> None:
    assert acts_of(name) == acts


def test_keys_of_a_name() -> None:
    assert name_keys("Thủ tục cấp giấy phép lái xe (thực hiện tại cấp tỉnh)") == [
        "cap giay phep lai xe",
        "~giay phep lai xe",
    ]
    assert name_keys("Tách hộ") == ["tach ho"]


def test_siblings_have_one_key() -> None:
    names = ("Công nhận ban vận động thành lập hội (Cấp tỉnh)", "Công nhận ban vận động thành lập hội cấp xã")
    assert len({name_keys(name)[0] for name in names}) == 1


def test_abbreviations_in_names_are_spelled_out() -> None:
    assert spelled_out("Cấp sổ BHXH") == "cấp sổ bảo hiểm xã hội"


def test_what_few_people_mean() -> None:
    assert about("Đăng ký kết hôn có yếu tố nước ngoài", []) == [About.FOREIGNERS]
    assert about("Trình báo mất hộ chiếu (thực hiện tại cấp huyện)", []) == [About.DISTRICT]
    assert about("Khám bệnh", ["Chính sách BQP"]) == [About.ARMY]
    assert about("Đăng ký khai sinh", ["Hộ tịch"]) == []
